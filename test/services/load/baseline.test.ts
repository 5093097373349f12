import assert from 'node:assert/strict'
import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {NO_SETTINGS} from '../../../src/config/settings.js'
import {createBaseline} from '../../../src/measure/budget/baseline.js'
import {
  type BaselinePlace,
  findBaseline,
  loadBaseline,
  updateBaseline,
} from '../../../src/services/load/baseline.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'
import {createBuild} from '../../measure/budget/create-build.js'

const BASELINE = createBaseline([createBuild('api', ['src 5'])])

describe('the baseline file', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))
  const at = (name: string): BaselinePlace => ({hostPath: path.join(root, name), shown: name})

  it('is written once, and read again', () => {
    assert.equal(updateBaseline(at('b.json'), BASELINE), true)
    assert.equal(updateBaseline(at('b.json'), BASELINE), false)
    assert.deepEqual(loadBaseline(at('b.json')), BASELINE)
    assert.deepEqual(readdirSync(root), ['b.json'])
  })

  it('takes the place of a broken one, or one of another version', () => {
    writeFileSync(at('b.json').hostPath, '<<<<<<< HEAD\n{"version": 9, "builds": 3')
    assert.throws(() => loadBaseline(at('b.json')), {code: 'baseline-invalid'})
    assert.equal(updateBaseline(at('b.json'), BASELINE), true)
    assert.deepEqual(loadBaseline(at('b.json')), BASELINE)
  })

  it('takes the place of nothing else', () => {
    writeFileSync(at('package.json').hostPath, '{"version": "1.0.0"}')
    assert.throws(() => updateBaseline(at('package.json'), BASELINE), {
      code: 'baseline-invalid',
    })
    assert.equal(readFileSync(at('package.json').hostPath, 'utf8'), '{"version": "1.0.0"}')
  })

  it('stays behind its link', () => {
    updateBaseline(at('real.json'), {builds: []})
    symlinkSync('real.json', at('link.json').hostPath)
    updateBaseline(at('link.json'), BASELINE)
    assert.deepEqual(loadBaseline(at('real.json')), BASELINE)
  })

  it('says why there is none', () => {
    mkdirSync(at('folder').hostPath)
    assert.throws(() => loadBaseline(at('none.json')), {code: 'baseline-not-found'})
    assert.throws(() => loadBaseline(at('folder')), {code: 'baseline-unreadable'})
    assert.throws(() => updateBaseline(at('folder'), BASELINE), {code: 'baseline-unreadable'})
    assert.throws(() => updateBaseline(at('no/b.json'), BASELINE), {code: 'cannot-write'})
  })

  it('is found by the flag, else by the configuration', () => {
    const baseline = {file: 'ci/b.json'}
    const config = {
      settings: {...NO_SETTINGS, baseline},
      file: 'up/.slim-check.yaml',
      directory: path.join(root, 'up'),
    }
    const up = path.join('up', 'ci', 'b.json')
    assert.deepEqual(findBaseline(undefined, config, root), {
      hostPath: path.join(root, up),
      shown: 'up/ci/b.json',
    })
    assert.deepEqual(findBaseline('x.json', config, root), at('x.json'))
    assert.equal(findBaseline(undefined, {...config, settings: NO_SETTINGS}, root), null)
  })
})
