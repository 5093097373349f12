import {type ChildProcess, spawn} from 'node:child_process'
import type {Readable} from 'node:stream'

/** What came of a call of the user's own `docker`. */
export type DockerOutcome =
  | {readonly status: 'done'; readonly output: string}
  | {readonly status: 'absent'}
  | {readonly status: 'failed'; readonly reason: string}

const MAX_OUTPUT_BYTES = 32 * 2 ** 20
const MAX_ERROR_BYTES = 64 * 1024

/** Runs `docker` and takes its standard output. Never throws, always ends. */
export async function runDocker(words: readonly string[], limitMs: number): Promise<DockerOutcome> {
  const child = spawn('docker', [...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  limitTime(child, limitMs)
  const output = collect(child.stdout, MAX_OUTPUT_BYTES)
  const errors = collect(child.stderr, MAX_ERROR_BYTES)
  const ended = await new Promise<number | NodeJS.ErrnoException | null>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  })
  if (ended instanceof Error)
    return isMissing(ended) ? {status: 'absent'} : {status: 'failed', reason: ended.message}
  if (ended === 0) return {status: 'done', output: (await output).toString()}
  const reason =
    ended === null ? `no answer after ${limitMs / 1000} s` : findDockerError((await errors).toString())
  return {status: 'failed', reason}
}

/** Tells whether there was nothing to start: EACCES where a directory of PATH may not be searched. */
export function isMissing({code}: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'EACCES'
}

/**
 * Kills a program that takes too long. Node's own `timeout` goes on where the program could not start, and keeps us
 * running until then.
 */
export function limitTime(child: ChildProcess, limitMs: number): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  // A running program keeps us running by itself.
  timer.unref()
  child.once('close', () => clearTimeout(timer))
}

/** The reason where there is no program `docker`. */
export const ABSENT = 'the program docker was not found'

/** A running `docker` whose output is read as it comes. */
export interface DockerStream {
  output: Readable
  /** Ends it and says what went wrong, `ABSENT` where there is no such program; null for nothing. */
  end(): Promise<string | null>
}

/** Starts `docker`, for instance to save an image. */
export function streamDocker(words: readonly string[]): DockerStream {
  const child = spawn('docker', [...words], {stdio: ['ignore', 'pipe', 'pipe']})
  const errors = collect(child.stderr, MAX_ERROR_BYTES)
  const ended = new Promise<number | NodeJS.ErrnoException | null>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  })
  return {
    output: child.stdout,
    async end() {
      child.stdout.destroy()
      if (child.exitCode === null) child.kill()
      const outcome = await ended
      if (outcome instanceof Error) return isMissing(outcome) ? ABSENT : outcome.message
      return outcome === 0 ? null : findDockerError((await errors).toString())
    },
  }
}

async function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += (chunk as Buffer).length
    if (bytes <= maxBytes) chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

/** Where to read more: nothing about what is wrong. */
const HINT = /^(?:See|Run) 'docker |^Usage: /

const LEVEL = /^(?:ERROR|error|Error response from daemon): /

/** The line of docker's output that says what is wrong, without its level: the last error, else the last line. */
export function findDockerError(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !HINT.test(line))
  const line = lines.findLast((one) => LEVEL.test(one)) ?? lines.at(-1) ?? 'it ended without a message'
  return WITHOUT_BUILDX.test(output) ? 'docker has no plugin buildx here' : line.replace(LEVEL, '').trim()
}

/** docker takes a word that it does not know for nothing at all, and its flags for its own. */
const WITHOUT_BUILDX =
  /^unknown (?:shorthand )?flag: [^\n]*\n\s*Usage:\s+docker \[OPTIONS\] COMMAND|'buildx' is not a docker command|unknown command: docker buildx/
