/**
 * A long fuzz run, not part of the tests: `node dist-test/test/robustness/fuzz.js [--minutes 40] [--seed N] [--engine]`.
 * Mutates the rows of the conformance tables and the files made of them; prints figures, and each failure as JSON.
 */
import {parseArgs} from 'node:util'
import {type Failure, fuzzInThread} from './fuzz/fuzz-thread.js'
import {sampleEngine} from './fuzz/sample-engine.js'
import {FUZZ_TARGETS} from './fuzz/targets.js'

const {values} = parseArgs({
  options: {
    minutes: {type: 'string', default: '40'},
    seed: {type: 'string', default: '1'},
    only: {type: 'string'},
    engine: {type: 'boolean', default: false},
  },
})

const ROUND_MS = 60_000
const MAX_SHOWN = 50

const counts: Record<string, number> = {}
const failures = new Map<string, number>()
let shown = 0

/** Shows the first failures; the same problem at the same place counts, and is not shown again. */
function report(failure: Failure): void {
  const key = `${failure.target}: ${failure.problem.split('\n').slice(0, 2).join(' ')}`
  const times = (failures.get(key) ?? 0) + 1
  failures.set(key, times)
  if (times <= 2 && shown++ < MAX_SHOWN) process.stdout.write(`${JSON.stringify(failure)}\n`)
}

const targets = Object.keys(FUZZ_TARGETS).filter((name) => values.only === undefined || values.only === name)
const endsAt = Date.now() + Number(values.minutes) * 60_000
for (let round = 0; Date.now() < endsAt; round++) {
  const seed = Number(values.seed) + round * 104_729
  const share = Math.min(ROUND_MS, endsAt - Date.now()) / (targets.length + (values.engine ? 3 : 0))
  for (const target of targets)
    counts[target] = (counts[target] ?? 0) + (await fuzzInThread(target, seed, share, report))
  if (values.engine) {
    const {builds, refused} = await sampleEngine(seed, share * 3, report)
    counts.engine = (counts.engine ?? 0) + builds
    counts.engineRefused = (counts.engineRefused ?? 0) + refused
  }
  process.stderr.write(`${JSON.stringify({round, counts, failures: failures.size})}\n`)
}
process.stdout.write(`${JSON.stringify({counts, failures: Object.fromEntries(failures)}, null, 2)}\n`)
process.exitCode = failures.size > 0 ? 1 : 0
