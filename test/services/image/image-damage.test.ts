import assert from 'node:assert/strict'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {analyzeImage, SlimCheckError} from '../../../src/index.js'
import {projectRoot} from '../../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

const folder = path.join(projectRoot, 'test/conformance/image/data')
const MAX_BYTES = 70_000
const ROUNDS = 3

/** Numbers that are the same on each run. */
function createNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % limit
  }
}

describe('damaged archives', () => {
  let root = ''
  before(() => {
    root = makeTemporaryDirectory()
  })
  after(() => removeTree(root))

  it('end in an answer or in an error with a next step, whatever bytes are wrong', async () => {
    const next = createNumbers(20)
    const source = path.join(root, 'damaged')
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of readdirSync(folder)) {
        const content = readFileSync(path.join(folder, name))
        if (content.length === 0 || content.length > MAX_BYTES) continue
        writeFileSync(source, damage(content, next))
        const outcome = await analyzeImage({source, allPlatforms: true}).catch((error: unknown) => error)
        if (!(outcome instanceof Error)) continue
        assert.ok(outcome instanceof SlimCheckError, `${name}: ${outcome.stack}`)
        assert.equal(outcome.code, 'image-invalid', `${name}: ${outcome.message}`)
      }
    }
  })
})

/** Cuts an archive or overwrites some bytes of it. */
function damage(content: Buffer, next: (limit: number) => number): Buffer {
  if (next(4) === 0) return content.subarray(0, next(content.length))
  for (let left = 1 + next(6); left > 0; left--) content[next(content.length)] = next(3) === 0 ? 0 : next(256)
  return content
}
