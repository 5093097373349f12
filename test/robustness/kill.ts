/**
 * Kills every command that writes, a few hundred times, not part of the tests:
 * `node dist-test/test/robustness/kill.js [--kills 20]`, which is how often each call is killed. Prints figures.
 */
import path from 'node:path'
import {parseArgs} from 'node:util'
import {chooseSeed, createRandom} from '../helpers/random.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {killScenario} from './kill/kill-scenario.js'
import {makeStart, SCENARIOS} from './kill/scenarios.js'

const {values} = parseArgs({options: {kills: {type: 'string', default: '20'}}})
const seed = chooseSeed()
const random = createRandom(seed)
const total = {killed: 0, torn: 0}
for (const scenario of SCENARIOS) {
  const directory = makeTemporaryDirectory()
  const root = path.join(directory, 'tree')
  makeStart(root)
  try {
    const count = await killScenario(root, scenario, {kills: Number(values.kills), random})
    total.killed += count.killed
    total.torn += count.torn
    process.stdout.write(`${JSON.stringify({scenario: scenario.title, ...count})}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify({scenario: scenario.title, fault: (error as Error).message})}\n`)
    process.exitCode = 1
  } finally {
    removeTree(directory)
  }
}
process.stdout.write(`${JSON.stringify({seed, ...total})}\n`)
