/** Builds that are made up, on a real engine: each step of the second one is as predicted. */
import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import path from 'node:path'
import {hasProgram} from '../helpers/docker.js'
import {projectRoot} from '../helpers/project.js'
import {createRandom} from '../helpers/random.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {requireEngine} from './engine.js'
import {makePair} from './random/random-pair.js'
import {runPair} from './random/run-pair.js'
import {readImageStore} from './read-steps.js'

/** More, or others, where somebody has time: SLIM_CHECK_PAIRS=200 SLIM_CHECK_SEED=7. */
const PAIRS = Number(process.env.SLIM_CHECK_PAIRS ?? 8)
const SEED = Number(process.env.SLIM_CHECK_SEED ?? 20)

describe('the cache against a real engine, builds made up', function () {
  this.timeout(3_600_000)
  let scratch = ''
  before(function () {
    requireEngine(this)
    if (!hasProgram('busybox')) this.skip()
    scratch = makeTemporaryDirectory()
  })
  after(() => removeTree(scratch))

  it(`predicts every step of ${PAIRS} pairs of builds`, async () => {
    const busybox = execFileSync('sh', ['-c', 'command -v busybox'], {encoding: 'utf8'}).trim()
    const program = path.join(projectRoot, 'test/fixtures/leaves-same-or-other.sh')
    const imageStore = readImageStore()
    const wrong: unknown[] = []
    let steps = 0
    for (let number = 0; number < PAIRS; number++) {
      const seed = SEED + number
      const nonce = `${process.pid}x${seed}`
      const pair = makePair(
        createRandom(seed),
        {hasExclude: true, hasUsers: false, hasSecrets: true, namesOnBuild: true},
        nonce,
      )
      const world = seed % 2 === 0 ? 'same' : 'other'
      const outcome = await runPair(pair, {scratch, shell: {program, busybox}, nonce, world, imageStore})
      steps += outcome.steps
      if (outcome.wrong.length > 0) wrong.push({seed, world, changes: pair.changes, wrong: outcome.wrong})
    }
    assert.deepEqual(wrong, [])
    assert.ok(steps > PAIRS, `${steps} steps were compared`)
  })
})
