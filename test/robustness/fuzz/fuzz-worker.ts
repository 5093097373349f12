/** The thread in which cases run: notes each before it tries it, so that one that never ends is known. */
import {parentPort, workerData} from 'node:worker_threads'
import {createRandom} from '../../languages/gitignore/random.js'
import {FUZZ_TARGETS} from './targets.js'

const {target, seed, current, counter} = workerData as {
  target: string
  seed: number
  /** Length of the noted case, then its JSON. */
  current: SharedArrayBuffer
  counter: SharedArrayBuffer
}
const create = FUZZ_TARGETS[target]!
const random = createRandom(seed)
const noted = Buffer.from(current, 4)
const length = new Int32Array(current, 0, 1)
const count = new Int32Array(counter)

for (;;) {
  const {input, run} = create(random)
  const text = JSON.stringify(input)
  Atomics.store(length, 0, noted.write(text.slice(0, noted.length / 4)))
  try {
    run()
  } catch (error) {
    parentPort!.postMessage({input, problem: (error as Error).stack ?? String(error)})
  }
  Atomics.add(count, 0, 1)
}
