import path from 'node:path'
import {matchInstructions} from '../../build/image/match-instructions.js'
import type {EvaluatedDockerfile} from '../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {readCreatedBy} from '../../tree/image/figures/created-by.js'
import {loadPlan} from '../load/load-plan.js'
import type {LoadedImage} from './load/load-images.js'
import type {LayerLines} from './report-image.js'

/** The Dockerfile that an image is said to come from. */
export interface KnownDockerfile {
  /** As messages call it. */
  file: string
  text: string
  evaluated: EvaluatedDockerfile
}

/** @returns null where none is named @throws SlimCheckError for one that cannot be read */
export function loadDockerfile(request: {dockerfile?: string; contextDir?: string}): KnownDockerfile | null {
  const {dockerfile, contextDir} = request
  if (dockerfile === undefined && contextDir === undefined) return null
  const plan = loadPlan({
    contextDir: contextDir ?? path.dirname(dockerfile!),
    ...(dockerfile !== undefined && {dockerfile}),
  })
  if (plan.dockerfile === null) return null
  const file = dockerfile ?? path.join(contextDir!, plan.dockerfile.path)
  const {content, evaluated} = plan.dockerfile
  return {file, text: Buffer.from(content).toString(), evaluated}
}

/**
 * The line of each layer: as the build attested it, unless a Dockerfile is given that is another by now; else by its
 * text.
 */
export function findLines(
  {found, provenance, isFromRecord = false}: LoadedImage,
  dockerfile: KnownDockerfile | null,
): LayerLines {
  const attested = provenance?.dockerfile ?? null
  const isSame = attested !== null && (dockerfile === null || dockerfile.text === attested.text)
  if (isSame && provenance!.lines.some((line) => line !== null))
    return {
      file: dockerfile?.file ?? attested.file,
      lines: provenance!.lines,
      source: isFromRecord ? 'record' : 'provenance',
    }
  if (dockerfile === null) return {file: null, lines: [], source: null}
  const created = found.layers.map((_, index) => {
    const entry = found.config.history?.find(({layer}) => layer === index)
    return entry === undefined ? null : readCreatedBy(entry.createdBy)
  })
  return {file: dockerfile.file, lines: matchInstructions(created, dockerfile.evaluated), source: 'text'}
}

/** Whether a line is a COPY --from, which brings nothing of the context: the history does not say so. */
export function copiesFromStage(dockerfile: KnownDockerfile | null, line: number | null): boolean {
  const instructions = dockerfile?.evaluated.stages.flatMap((stage) => stage.instructions) ?? []
  return instructions.some((one) => one.line === line && one.keyword === 'COPY' && one.from !== null)
}
