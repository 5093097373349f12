import {spawn} from 'node:child_process'
import {performance} from 'node:perf_hooks'

/** A finished call of `docker`. */
export interface CallOutcome {
  /** Null where it was ended: by the limit, by the caller, or because it could not start. */
  status: number | null
  /** Of both streams, in the order in which it came; cut off behind `MAX_OUTPUT`. */
  output: string
  seconds: number
  isLate: boolean
}

export interface CallOptions {
  limitMs: number
  signal: AbortSignal
  /** Ends the process at its first output. */
  endsAtOutput?: boolean
}

/** UTF-16 units. */
const MAX_OUTPUT = 64 * 1024

/** Runs `docker` and takes what it writes and how it ends. Never throws, always ends. */
export async function callDocker(
  words: readonly string[],
  {limitMs, signal, endsAtOutput = false}: CallOptions,
): Promise<CallOutcome> {
  const begun = performance.now()
  const child = spawn('docker', [...words], {stdio: ['ignore', 'pipe', 'pipe']})
  let output = ''
  let isLate = false
  let hasSpoken = false
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  const timer = setTimeout(() => {
    isLate = true
    kill()
  }, limitMs)
  signal.addEventListener('abort', kill, {once: true})
  if (signal.aborted) kill()
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output = (output + piece).slice(0, MAX_OUTPUT)
    hasSpoken = true
    if (endsAtOutput) kill()
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    output = (output + piece).slice(0, MAX_OUTPUT)
  })
  const ended = await new Promise<number | Error | null>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  signal.removeEventListener('abort', kill)
  const seconds = Math.round(performance.now() - begun) / 1000
  if (ended instanceof Error) return {status: null, output: ended.message, seconds, isLate}
  return {status: endsAtOutput && hasSpoken ? 0 : ended, output, seconds, isLate}
}
