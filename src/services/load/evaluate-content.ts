import {DockerfileError} from '../../errors.js'
import {
  type EvaluatedDockerfile,
  evaluateDockerfile,
} from '../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import {decodeText} from '../../languages/dockerfile/syntax/source-lines.js'
import type {BuildOptions} from '../../plan/build-options.js'
import {type LackingArgument, mayBeOtherStage, standInForArguments} from '../../plan/stand-in-arguments.js'

/** A Dockerfile's meaning, and the build arguments that something had to stand for. */
export interface Evaluation {
  evaluated: EvaluatedDockerfile
  lacking: readonly LackingArgument[]
}

/**
 * Evaluations of texts, each made once: five services of one image, its witnesses and the rules of its Dockerfile ask for the
 * same, two thirds of all.
 */
export class Evaluations {
  readonly #known = new Map<string, Evaluation>()

  /** As `evaluateContent`. @throws DockerfileError */
  evaluate(content: string | Uint8Array, options: BuildOptions): Evaluation {
    const key = keyOf(content, options)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const evaluation = evaluateContent(content, options)
    this.#known.set(key, evaluation)
    return evaluation
  }
}

/** All that decides what a text means. */
function keyOf(
  content: string | Uint8Array,
  {target, buildArgs, unknownArgs, platform, buildContexts, images, isOpen}: BuildOptions,
): string {
  return JSON.stringify([
    decodeText(content),
    target ?? null,
    platform ?? null,
    buildArgs ?? {},
    unknownArgs ?? null,
    Object.keys(buildContexts ?? {}),
    images ?? {},
    isOpen === true,
  ])
}

/**
 * Evaluates a Dockerfile's text as the build that the options describe does. Something stands for build arguments that
 * nobody gave only where it cannot be read without: no base image changes what is asked of the context.
 * @throws DockerfileError
 */
function evaluateContent(content: string | Uint8Array, options: BuildOptions): Evaluation {
  try {
    return {evaluated: evaluateAssumed(content, options), lacking: []}
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error
    const standing = options.isOpen === true ? evaluateWithStandIns(content, options) : null
    if (standing === null) throw error
    return standing
  }
}

/** null where the Dockerfile cannot be read for another reason, or where what is lacking decides which stages are built. */
function evaluateWithStandIns(content: string | Uint8Array, options: BuildOptions): Evaluation | null {
  const {buildArgs = {}} = options
  try {
    const standIns = standInForArguments(parseDockerfile(content).instructions, buildArgs)
    if (standIns === null) return null
    const evaluated = evaluateAssumed(content, {...options, buildArgs: {...buildArgs, ...standIns.values}})
    return mayBeOtherStage(standIns, evaluated) ? null : {evaluated, lacking: standIns.lacking}
  } catch (error) {
    if (error instanceof DockerfileError) return null
    throw error
  }
}

/** Build arguments of unknown value count only if it fails without them. */
function evaluateAssumed(content: string | Uint8Array, options: BuildOptions): EvaluatedDockerfile {
  const {unknownArgs, ...known} = options
  try {
    return evaluateKnown(content, known)
  } catch (error) {
    if (!(error instanceof DockerfileError) || unknownArgs === undefined) throw error
    return evaluateKnown(content, {...known, buildArgs: {...unknownArgs, ...known.buildArgs}})
  }
}

function evaluateKnown(content: string | Uint8Array, options: BuildOptions): EvaluatedDockerfile {
  return evaluateDockerfile(parseDockerfile(content), {
    ...(options.target !== undefined && {target: options.target}),
    buildArgs: options.buildArgs ?? {},
    platform: options.platform ?? hostPlatform(),
    buildPlatform: hostPlatform(),
    namedContexts: Object.keys(options.buildContexts ?? {}),
    ...(options.images && {images: options.images}),
  })
}

const ARCHITECTURES: Record<string, string> = {x64: 'amd64', ia32: '386', ppc64: 'ppc64le'}

function hostPlatform(): string {
  if (process.arch === 'arm') return 'linux/arm/v7'
  return `linux/${ARCHITECTURES[process.arch] ?? process.arch}`
}
