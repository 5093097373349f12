import assert from 'node:assert/strict'
import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {createBaseline} from '../../src/budget/create-baseline.js'
import {loadBaseline, updateBaseline} from '../../src/services/baseline.js'
import {createBuild} from '../budget/create-build.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'

const BASELINE = createBaseline([createBuild('api', ['src 5'])])

describe('the baseline file', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))
  const at = (name: string): string => path.join(root, name)

  it('is written once, and read again', () => {
    assert.equal(updateBaseline(at('b.json'), 'b.json', BASELINE), true)
    assert.equal(updateBaseline(at('b.json'), 'b.json', BASELINE), false)
    assert.deepEqual(loadBaseline(at('b.json'), 'b.json'), BASELINE)
    assert.deepEqual(readdirSync(root), ['b.json'])
  })

  it('takes the place of a broken one, or one of another version', () => {
    writeFileSync(at('b.json'), '<<<<<<< HEAD\n{"version": 9, "builds": 3')
    assert.throws(() => loadBaseline(at('b.json'), 'b.json'), {code: 'baseline-invalid'})
    assert.equal(updateBaseline(at('b.json'), 'b.json', BASELINE), true)
    assert.deepEqual(loadBaseline(at('b.json'), 'b.json'), BASELINE)
  })

  it('takes the place of nothing else', () => {
    writeFileSync(at('package.json'), '{"version": "1.0.0"}')
    assert.throws(() => updateBaseline(at('package.json'), 'package.json', BASELINE), {
      code: 'baseline-invalid',
    })
    assert.equal(readFileSync(at('package.json'), 'utf8'), '{"version": "1.0.0"}')
  })

  it('stays behind its link', () => {
    updateBaseline(at('real.json'), 'real.json', {builds: []})
    symlinkSync('real.json', at('link.json'))
    updateBaseline(at('link.json'), 'link.json', BASELINE)
    assert.deepEqual(loadBaseline(at('real.json'), 'real.json'), BASELINE)
  })

  it('says why there is none', () => {
    mkdirSync(at('folder'))
    assert.throws(() => loadBaseline(at('none.json'), 'none.json'), {code: 'baseline-not-found'})
    assert.throws(() => loadBaseline(at('folder'), 'folder'), {code: 'baseline-unreadable'})
    assert.throws(() => updateBaseline(at('folder'), 'folder', BASELINE), {code: 'baseline-unreadable'})
    assert.throws(() => updateBaseline(at('no/b.json'), 'no/b.json', BASELINE), {code: 'cannot-write'})
  })
})
