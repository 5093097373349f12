import {type ChildProcess, spawn} from 'node:child_process'
import {performance} from 'node:perf_hooks'
import {isMissing} from '../run-docker.js'

/** A call of `docker` that is followed while it runs. */
export interface FollowedCall {
  /** Ends it, gently first. */
  signal: AbortSignal
  /** Called with each piece of what it writes, to either stream: old clients write progress to standard output. */
  onOutput(piece: string): void
  /** Above this process's environment. */
  env?: Readonly<Record<string, string>>
  /** Given to its standard input; default: nothing. */
  input?: string
}

export interface FollowedOutcome {
  /** Null where it was ended by a signal, or could not start. */
  status: number | null
  /** From before its start to after its end. */
  seconds: number
  /** Why it could not start; null: it did. */
  problem: string | null
}

/** After the gentle signal, until it is killed. */
const PATIENCE_MS = 10_000

/** Runs `docker` to its end, however long that takes. Never throws. */
export async function followDocker(
  words: readonly string[],
  {signal, onOutput, env = {}, input}: FollowedCall,
): Promise<FollowedOutcome> {
  const begun = performance.now()
  const child = spawn('docker', [...words], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: {...process.env, ...env},
    // A group of its own: docker does not always pass a signal on to its plugin.
    detached: process.platform !== 'win32',
  })
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', onOutput)
  child.stdin?.on('error', () => {})
  child.stdin?.end(input)
  let killing: NodeJS.Timeout | undefined
  const stop = (): void => {
    signalGroup(child, 'SIGTERM')
    killing = setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_MS)
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, {once: true})
  const ended = await new Promise<number | NodeJS.ErrnoException | null>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  })
  clearTimeout(killing)
  signal.removeEventListener('abort', stop)
  const seconds = Math.round(performance.now() - begun) / 1000
  if (!(ended instanceof Error)) return {status: ended, seconds, problem: null}
  const problem = isMissing(ended) ? 'the program docker was not found' : ended.message
  return {status: null, seconds, problem}
}

/** Signals docker and all that it has started. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}
