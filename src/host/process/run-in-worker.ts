import {setTimeout as wait} from 'node:timers/promises'
import {Worker} from 'node:worker_threads'
import {watchSocket} from './watch-socket.js'

export type WorkerOutcome<Value> =
  | {readonly status: 'done'; readonly value: Value}
  | {readonly status: 'timeout'}
  | {readonly status: 'cancelled'}
  | {readonly status: 'failed'; readonly reason: string}

export interface WorkerLimits {
  limitMs: number
  /** A socket whose closing by the other side means that the user gave up (`DOCKER_CLI_PLUGIN_SOCKET`). */
  cancelSocket?: string | undefined
}

/** How long a thread may take to end after the request to end. */
const GRACE_MS = 1000

/**
 * Runs a worker thread to its first message. Never throws, and always ends the thread. One that is stuck in
 * the system (a dead network drive) cannot be ended, nor can a process that holds it exit: then the process kills
 * itself, by SIGTERM when cancelled and by SIGKILL else.
 */
export async function runInWorker<Value>(
  url: URL,
  data: unknown,
  {limitMs, cancelSocket}: WorkerLimits,
): Promise<WorkerOutcome<Value>> {
  const worker = new Worker(url, {workerData: data})
  const watch = watchSocket(cancelSocket)
  let timer: NodeJS.Timeout | undefined
  const outcome = await new Promise<WorkerOutcome<Value>>((resolve) => {
    worker.once('message', (value: Value) => resolve({status: 'done', value}))
    worker.once('error', (error) => resolve({status: 'failed', reason: error.message}))
    worker.once('exit', () => resolve({status: 'failed', reason: 'the thread ended'}))
    timer = setTimeout(() => resolve({status: 'timeout'}), limitMs)
    watch.closed.then(() => resolve({status: 'cancelled'}))
  })
  clearTimeout(timer)
  const isCancelled = outcome.status === 'cancelled' || watch.isClosed()
  watch.end()
  const hasEnded = await Promise.race([
    worker.terminate().then(() => true),
    wait(GRACE_MS, false, {ref: false}),
  ])
  if (!hasEnded) process.kill(process.pid, isCancelled ? 'SIGTERM' : 'SIGKILL')
  return isCancelled ? {status: 'cancelled'} : outcome
}
