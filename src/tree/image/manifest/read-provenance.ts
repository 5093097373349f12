import type {JsonObject} from './archive-files.js'
import {familiarName, type LayerRef} from './found-image.js'
import {isObject} from './image-config.js'

/** What a build attested of itself. */
export interface Provenance {
  /** The Dockerfile as the build had it; null where the attestation does not hold it. */
  dockerfile: {file: string; text: string} | null
  /** By layer, lowest first: the line of the Dockerfile that made it; null where none is known. */
  lines: (number | null)[]
  /** Name of the image that it is built on; null where the attestation does not say, or where it is none. */
  base: string | null
}

/**
 * Reads an in-toto statement that BuildKit made (SLSA provenance 0.2 or 1). Lines are in those of `mode=max` alone.
 * @returns null for any other statement
 */
export function readProvenance(statement: unknown, layers: readonly LayerRef[]): Provenance | null {
  if (!isObject(statement) || !isObject(statement.predicate)) return null
  if (!String(statement.predicateType).startsWith('https://slsa.dev/provenance/')) return null
  const {predicate} = statement
  const {source: given, layers: chains} = buildkitMetadata(predicate)
  const source = objectOf(given)
  const graph = readGraph(predicate)
  const lines = new Map(
    [...graph.keys()].map((step) => [step, lineOf(objectOf(source.locations)[step])] as const),
  )
  const steps = findSteps(
    objectOf(chains),
    layers,
    (step) => lines.get(step) != null && !isSource(graph, step),
  )
  return {
    dockerfile: readDockerfile(source),
    lines: steps.map((step) => (step === null ? null : lines.get(step)!)),
    base: findBase(predicate, graph, steps.find((step) => step !== null) ?? null),
  }
}

/** The steps of the build by id, each with what it takes. */
type Graph = ReadonlyMap<string, JsonObject>

function readGraph({buildConfig, buildDefinition}: JsonObject): Graph {
  const config = buildConfig ?? objectOf(objectOf(buildDefinition).internalParameters).buildConfig
  const steps = listOf(objectOf(config).llbDefinition).map(objectOf)
  return new Map(steps.map((step) => [String(step.id), step]))
}

/** Whether a step is no instruction of its own: FROM brings an image, COPY a context. */
function isSource(graph: Graph, step: string): boolean {
  return sourceOf(graph, step) !== undefined
}

function sourceOf(graph: Graph, step: string): unknown {
  return objectOf(objectOf(objectOf(graph.get(step)?.op).Op).source).identifier
}

function buildkitMetadata(predicate: JsonObject): JsonObject {
  const old = objectOf(predicate.metadata)['https://mobyproject.org/buildkit@v1#metadata']
  if (old !== undefined) return objectOf(old)
  return objectOf(objectOf(objectOf(predicate.runDetails).metadata).buildkit_metadata)
}

function readDockerfile(source: JsonObject): Provenance['dockerfile'] {
  const info = listOf(source.infos).map(objectOf)[0]
  if (typeof info?.filename !== 'string' || typeof info.data !== 'string') return null
  return {file: info.filename, text: Buffer.from(info.data, 'base64').toString()}
}

/** By layer: the step that has a line. A step's output is a chain of blobs, its own the last; a linked one stands alone. */
function findSteps(
  chains: JsonObject,
  layers: readonly LayerRef[],
  isInstruction: (step: string) => boolean,
): (string | null)[] {
  const steps = new Map<string, string>()
  for (const [output, value] of Object.entries(chains)) {
    const step = output.replace(/:\d+$/, '')
    for (const chain of listOf(value)) {
      const digests = listOf(chain).map((one) => String(objectOf(one).digest))
      if (isInstruction(step)) steps.set(digests.join(' '), step)
    }
  }
  // A graph driver names blobs by what they unpack to.
  const found = (digests: readonly (string | null)[]) =>
    layers.map((_, at) => steps.get(digests.slice(0, at + 1).join(' ')) ?? steps.get(String(digests[at])))
  const byDigest = found(layers.map(({digest}) => digest))
  const byDiffId = found(layers.map(({diffId}) => diffId))
  return layers.map((_, at) => byDigest[at] ?? byDiffId[at] ?? null)
}

/** The first line of a step; of the file that stands first alone. */
function lineOf(value: unknown): number | null {
  for (const location of listOf(objectOf(value).locations).map(objectOf)) {
    if (location.sourceIndex !== undefined && location.sourceIndex !== 0) continue
    const line = objectOf(objectOf(listOf(location.ranges)[0]).start).line
    if (Number.isSafeInteger(line) && (line as number) > 0) return line as number
  }
  return null
}

/** The image under the lowest step; without steps in the attestation, the only image that the build used. */
function findBase(predicate: JsonObject, graph: Graph, lowest: string | null): string | null {
  if (lowest !== null) return followToImage(graph, lowest)
  const {materials, buildDefinition} = predicate
  const taken = listOf(materials ?? objectOf(buildDefinition).resolvedDependencies).flatMap(imageOf)
  const [first, ...others] = new Set(taken.filter((name) => !FRONTEND.test(name)))
  return first !== undefined && others.length === 0 ? first : null
}

const FRONTEND = /^docker\/dockerfile(?:-upstream)?:/
const SOURCE = /^docker-image:\/\/([^@]+)/
/** `pkg:docker/python@3.12-slim?platform=linux%2Famd64` */
const MATERIAL = /^pkg:docker\/([^?]+)/

function followToImage(graph: Graph, lowest: string): string | null {
  const visited = new Set<string>()
  for (let id = lowest; !visited.has(id); ) {
    visited.add(id)
    const name = SOURCE.exec(String(sourceOf(graph, id)))?.[1]
    if (name !== undefined) return familiarName(name)
    id = String(listOf(graph.get(id)?.inputs)[0]).replace(/:\d+$/, '')
  }
  return null
}

function imageOf(material: unknown): string[] {
  const name = MATERIAL.exec(String(objectOf(material).uri))?.[1]
  return name === undefined ? [] : [decode(name).replace('@', ':')]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
