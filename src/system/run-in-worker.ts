import {connect} from 'node:net'
import {Worker} from 'node:worker_threads'

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

/** Runs a worker thread to its first message. Never throws, and ends the thread whatever it is at. */
export async function runInWorker<Value>(
  url: URL,
  data: unknown,
  {limitMs, cancelSocket}: WorkerLimits,
): Promise<WorkerOutcome<Value>> {
  const worker = new Worker(url, {workerData: data})
  const cancel = watchSocket(cancelSocket)
  let timer: NodeJS.Timeout | undefined
  const outcome = await new Promise<WorkerOutcome<Value>>((resolve) => {
    worker.once('message', (value: Value) => resolve({status: 'done', value}))
    worker.once('error', (error) => resolve({status: 'failed', reason: error.message}))
    worker.once('exit', () => resolve({status: 'failed', reason: 'the thread ended'}))
    timer = setTimeout(() => resolve({status: 'timeout'}), limitMs)
    cancel.closed.then(() => resolve({status: 'cancelled'}))
  })
  clearTimeout(timer)
  cancel.end()
  await worker.terminate()
  return outcome
}

/** Resolves when the other side closes; a socket that cannot be reached tells nothing. */
function watchSocket(name: string | undefined): {closed: Promise<void>; end(): void} {
  if (!name) return {closed: new Promise(() => {}), end() {}}
  // Docker writes the name of an abstract socket with "@", the system with a zero byte.
  const socket = connect({path: name.replace(/^@/, '\0')})
  let isConnected = false
  socket.on('connect', () => {
    isConnected = true
  })
  socket.on('error', () => {})
  socket.resume()
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => isConnected && resolve())
  })
  return {closed, end: () => socket.destroy()}
}
