import {Worker} from 'node:worker_threads'

/** A case that failed: the input, and the stack or `no answer`. */
export interface Failure {
  target: string
  input: unknown
  problem: string
}

const MAX_CASE_BYTES = 1 << 18
const MAX_SILENCE_MS = 20_000

/** Fuzzes one target for a while. A case that does not end is a failure, and a new thread goes on behind it. */
export async function fuzzInThread(
  target: string,
  seed: number,
  milliseconds: number,
  onFailure: (failure: Failure) => void,
): Promise<number> {
  const endsAt = Date.now() + milliseconds
  let total = 0
  for (let round = 0; Date.now() < endsAt; round++) {
    total += await runThread(target, seed + round * 7919, endsAt, onFailure)
  }
  return total
}

async function runThread(
  target: string,
  seed: number,
  endsAt: number,
  onFailure: (failure: Failure) => void,
): Promise<number> {
  const current = new SharedArrayBuffer(4 + MAX_CASE_BYTES)
  const counter = new SharedArrayBuffer(4)
  const count = new Int32Array(counter)
  const worker = new Worker(new URL('./fuzz-worker.js', import.meta.url), {
    workerData: {target, seed, current, counter},
    resourceLimits: {maxOldGenerationSizeMb: 1024},
  })
  let hasDied = false
  worker.on('message', ({input, problem}) => onFailure({target, input, problem}))
  worker.on('error', (error) => {
    hasDied = true
    onFailure({target, input: readCase(current), problem: `the thread died: ${error.message}`})
  })
  let seen = -1
  let changedAt = Date.now()
  while (Date.now() < endsAt && !hasDied) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(250, Math.max(1, endsAt - Date.now()))))
    const now = Atomics.load(count, 0)
    if (now !== seen) changedAt = Date.now()
    seen = now
    if (Date.now() - changedAt < MAX_SILENCE_MS) continue
    onFailure({target, input: readCase(current), problem: `no answer within ${MAX_SILENCE_MS} ms`})
    break
  }
  await worker.terminate()
  return Math.max(0, seen)
}

function readCase(current: SharedArrayBuffer): string {
  const length = Atomics.load(new Int32Array(current, 0, 1), 0)
  return Buffer.from(Buffer.from(current, 4, length)).toString('utf8')
}
