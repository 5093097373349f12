import assert from 'node:assert/strict'
import {compareResults, type ResultEntry, sumResult} from '../../../src/tree/results/compare-results.js'

const FILE: ResultEntry = {
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  link: '',
  size: 3,
  digest: 'aaaa',
  xattrs: '',
}
const OTHER = {...FILE, digest: 'bbbb'}

type Files = Record<string, ResultEntry>

function compare(old: Files, again: Files, now: Files) {
  const {differences, noiseCount} = compareResults(
    new Map(Object.entries(old)),
    new Map(Object.entries(again)),
    new Map(Object.entries(now)),
  )
  return [differences.map(({kind, path}) => `${kind} ${path}`), noiseCount]
}

describe('compareResults', () => {
  const changes: [kind: string, change: Partial<ResultEntry>][] = [
    ['type', {type: 'directory'}],
    ['mode', {mode: 0o755}],
    ['mode', {mode: 0o4644}],
    ['owner', {uid: 7}],
    ['owner', {gid: 7}],
    ['link', {link: 'b'}],
    ['content', {digest: 'bbbb'}],
    ['content', {size: 4}],
    ['xattrs', {xattrs: 'user.a=01'}],
  ]
  for (const [kind, change] of changes) {
    it(`tells ${JSON.stringify(change)}, unless it is noise`, () => {
      const now = {a: {...FILE, ...change}}
      assert.deepEqual(compare({a: FILE}, {a: FILE}, now), [[`${kind} a`], 0])
      assert.deepEqual(compare({a: FILE}, now, now), [[], 1])
    })
  }

  it('tells what comes and goes', () => {
    assert.deepEqual(compare({a: FILE}, {a: FILE}, {b: FILE}), [['only-before a', 'only-after b'], 0])
  })

  it('takes only the aspect that differs anyway for noise', () => {
    const now = {a: {...OTHER, mode: 0o600}}
    assert.deepEqual(compare({a: FILE}, {a: OTHER}, now), [['mode a'], 1])
  })

  it('takes as many new names for noise as a directory has anyway', () => {
    const old = {'t/1': FILE}
    assert.deepEqual(compare(old, {'t/2': FILE}, {'t/3': FILE}), [[], 3])
    assert.deepEqual(compare(old, {'t/2': FILE}, {'t/3': FILE, 't/4': FILE}), [['only-after t/4'], 3])
    assert.deepEqual(compare(old, {'t/2': FILE}, {'u/3': FILE}), [['only-after u/3'], 2])
  })

  it('takes what Go names by the times of sources for noise', () => {
    const at = (digit: string) => `root/.cache/go-build/${digit.repeat(2)}/${digit.repeat(64)}-a`
    assert.deepEqual(compare({[at('1')]: FILE}, {[at('1')]: FILE}, {[at('2')]: FILE}), [[], 2])
    assert.deepEqual(compare({}, {}, {'go-build/a': FILE}), [['only-after go-build/a'], 0])
  })

  it('counts a file with two names once', () => {
    const result = new Map([
      ['a', FILE],
      ['b', {...FILE, link: 'a'}],
      ['c', {...FILE, type: 'directory', size: 0}],
    ])
    assert.deepEqual(sumResult(result), {fileCount: 1, fileBytes: 3})
  })
})
