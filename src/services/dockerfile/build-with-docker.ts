import path from 'node:path'
import {listBuildWords} from '../../host/docker/list-build-words.js'
import {readFileBounded} from '../../host/files/read-file.js'
import {makeScratchDir} from '../../host/files/scratch-dir.js'
import {
  type StreamedDocker,
  type StreamedOutcome,
  streamBuild,
} from '../../host/process/builds/stream-build.js'
import {runDocker} from '../../host/process/run-docker.js'
import {isSpecialContext} from '../../plan/build-location.js'
import {placeAccess} from '../../plan/build-secrets.js'
import type {ProjectBuild} from '../project.js'

/** What a build came to, and what was read of its output. */
export interface BuiltOutcome<T> {
  outcome: StreamedOutcome
  /** Null where the output could not be read: the build says why. */
  read: T | null
}

/** Flags and an end for a build. */
export interface BuildCall<T> {
  /** Flags of `docker buildx build` besides those that tell the build. */
  flags: readonly string[]
  signal: AbortSignal
  /** Reads the output to its end. */
  read(output: StreamedDocker['output']): Promise<T>
}

/**
 * Runs `docker buildx build` for a build with a text of its Dockerfile, which comes from a directory of ours: the context
 * and its files stay as they are.
 */
export async function buildWithDocker<T>(
  {plan, asked}: Pick<ProjectBuild, 'plan' | 'asked'>,
  content: Uint8Array,
  {flags, signal, read}: BuildCall<T>,
): Promise<BuiltOutcome<T>> {
  const {options} = asked
  const {workingDir = process.cwd(), buildArgs = {}, buildContexts = {}, platform = null} = options
  const scratch = makeScratchDir(listFiles(plan, content))
  try {
    const resolve = (given: string): string =>
      isSpecialContext(given) ? given : path.resolve(workingDir, given)
    const words = listBuildWords(
      {
        contextPath: plan.context.hostPath,
        dockerfilePath: path.join(scratch.hostPath, DOCKERFILE),
        target: plan.target,
        platform,
        buildArgs,
        buildContexts: Object.fromEntries(
          Object.entries(buildContexts).map(([name, given]) => [name, resolve(given)]),
        ),
        access: placeAccess(options, resolve),
      },
      [],
      [...flags, `--metadata-file=${path.join(scratch.hostPath, METADATA)}`],
    )
    const {output, ended} = streamBuild(words, signal)
    const result = await read(output).catch(() => null)
    output.resume()
    const outcome = await ended
    await forgetBuild(readReference(path.join(scratch.hostPath, METADATA)), flags)
    return {outcome, read: result}
  } finally {
    scratch.remove()
  }
}

const DOCKERFILE = 'Dockerfile'
const METADATA = 'metadata.json'
const MAX_METADATA_BYTES = 2 ** 20
const LIMIT_MS = 10_000

/** What buildx calls the build; null where it does not say: it failed, or buildx is old. */
function readReference(hostPath: string): string | null {
  const file = readFileBounded(hostPath, MAX_METADATA_BYTES)
  if (file.status !== 'read') return null
  const [, reference] = /"buildx\.build\.ref": *"(?:[^"/]*\/)*([a-z0-9]+)"/.exec(decode(file.content)) ?? []
  return reference ?? null
}

function decode(content: Uint8Array): string {
  return new TextDecoder().decode(content)
}

/** Takes the record of a build of ours out of the history; a builder that has none does not mind. */
async function forgetBuild(reference: string | null, flags: readonly string[]): Promise<void> {
  const builder = flags.filter((flag) => flag.startsWith('--builder='))
  if (reference !== null) await runDocker(['buildx', 'history', 'rm', ...builder, reference], LIMIT_MS)
}

/** The text, and the ignore file beside it where the build has one of its own. */
function listFiles(
  {context, dockerfile}: ProjectBuild['plan'],
  content: Uint8Array,
): Map<string, Uint8Array> {
  const files = new Map([[DOCKERFILE, content]])
  const {ignoreFile} = context
  const isOwn = ignoreFile !== null && ignoreFile.path !== '.dockerignore' && dockerfile?.path !== '-'
  if (isOwn) files.set(`${DOCKERFILE}.dockerignore`, ignoreFile.content)
  return files
}
