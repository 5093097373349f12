import assert from 'node:assert/strict'
import {existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {measurePlan} from '../../../src/services/analysis/measure-project.js'
import {loadPlan} from '../../../src/services/load/load-plan.js'
import {loadXattrReader} from '../../../src/tree/walk/read-xattrs.js'
import {skipUnless} from '../../helpers/skip.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

/** Without the optional package, attributes cannot be read, and nothing is kept for the next walk. */
const isIndexKept = process.platform === 'linux' && loadXattrReader() !== null
const NO_INDEX = 'an index is kept on Linux, with the optional package @napi-rs/xattr'

describe('measurePlan', () => {
  let root = ''
  const at = (...names: string[]): string => path.join(root, ...names)
  before(async () => {
    root = makeTemporaryDirectory()
    for (let directory = 0; directory < 100; directory++) {
      mkdirSync(at('big', `d${directory}`), {recursive: true})
      for (let file = 0; file < 100; file++) writeFileSync(at('big', `d${directory}`, `f${file}`), '')
    }
    mkdirSync(at('small'))
    writeFileSync(at('small', 'x'), '')
    await sleep(2_100)
  })
  after(() => removeTree(root))

  const measure = async (context: string, indexDir: string | null = at('index')) => {
    const {context: walked, main} = await measurePlan(loadPlan({contextDir: at(context)}), {
      indexDir,
    })
    return {length: walked.tree.length, ...main.transfer.sizes}
  }

  it('leaves an index of a large context, and measures the same with it', async function () {
    skipUnless(this, isIndexKept, NO_INDEX)
    const first = await measure('big')
    const [index] = readdirSync(at('index'))
    assert.match(index!, /^[0-9a-f]+-\d+-[0-9a-f]+\.walk$/)
    assert.deepEqual(await measure('big'), first)
    rmSync(at('big/d7'), {recursive: true})
    writeFileSync(at('big/d8/f8'), 'changed')
    const later = await measure('big')
    assert.equal(later.length, 10_100 - 101)
    assert.deepEqual(later, await measure('big', null))
  })

  it('takes a small index for a large one that no longer fits', async function () {
    skipUnless(this, isIndexKept, NO_INDEX)
    const [index] = readdirSync(at('index'))
    const before = statSync(at('index', index!)).size
    for (let directory = 20; directory < 100; directory++) rmSync(at(`big/d${directory}`), {recursive: true})
    const first = await measure('big')
    assert.ok(statSync(at('index', index!)).size < before / 3)
    assert.deepEqual(await measure('big'), first)
    assert.deepEqual(await measure('big', null), first)
  })

  it('leaves none of a small one, and none unasked', async () => {
    rmSync(at('index'), {recursive: true, force: true})
    await measure('small')
    await measure('big', null)
    assert.ok(!existsSync(at('index')))
  })
})
