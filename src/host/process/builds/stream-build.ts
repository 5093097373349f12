import {spawn} from 'node:child_process'
import {performance} from 'node:perf_hooks'
import type {Readable} from 'node:stream'
import {isMissing} from '../run-docker.js'

/** How a `docker` that may take long ended. */
export interface StreamedOutcome {
  /** Null where it was ended by a signal, or could not start. */
  status: number | null
  /** From before its start to after its end. */
  seconds: number
  /** The end of what it wrote to standard error. */
  errorOutput: string
  /** There is no such program. */
  isAbsent: boolean
}

/** A running `docker` whose output is read as it comes. */
export interface StreamedDocker {
  /** To be read to its end. */
  output: Readable
  ended: Promise<StreamedOutcome>
}

/** After the gentle signal, until it is killed. */
const PATIENCE_MS = 10_000

/** Keeps buildx from asking Git, and from adding provenance, which is not read. */
const PLAIN_BUILD = {
  BUILDX_GIT_INFO: 'false',
  BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
  BUILDX_METADATA_PROVENANCE: 'disabled',
}

const MAX_ERROR_BYTES = 256 * 1024

/** Starts `docker`; the signal ends it, gently first, so that the engine hears of it, too. Never throws. */
export function streamBuild(words: readonly string[], signal: AbortSignal): StreamedDocker {
  const begun = performance.now()
  const env = {...process.env, ...PLAIN_BUILD}
  const child = spawn('docker', [...words], {stdio: ['ignore', 'pipe', 'pipe'], env})
  let errorOutput = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    errorOutput = (errorOutput + piece).slice(-MAX_ERROR_BYTES)
  })
  let killing: NodeJS.Timeout | undefined
  const stop = (): void => {
    child.kill('SIGTERM')
    killing = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, {once: true})
  const ended = new Promise<number | NodeJS.ErrnoException | null>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  }).then((end): StreamedOutcome => {
    clearTimeout(killing)
    signal.removeEventListener('abort', stop)
    const seconds = Math.round(performance.now() - begun) / 1000
    const isAbsent = end instanceof Error && isMissing(end)
    return {status: end instanceof Error ? null : end, seconds, errorOutput, isAbsent}
  })
  return {output: child.stdout, ended}
}
