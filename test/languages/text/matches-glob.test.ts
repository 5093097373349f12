import assert from 'node:assert/strict'
import {matchesGlob} from '../../../src/languages/text/matches-glob.js'

const ROWS: readonly [glob: string, matched: string[], unmatched: string[]][] = [
  ['abc', ['abc'], ['', 'ab', 'abcd', 'ABC']],
  ['*', ['', 'a', '.x'], []],
  ['*.log', ['a.log', '.log', 'a.log.log'], ['a.logs', 'log']],
  ['a*b*c', ['abc', 'a1b2c', 'abbcc'], ['ab', 'acb']],
  ['?', ['a'], ['', 'ab']],
  ['[a-c]x', ['ax', 'cx'], ['dx', 'x', '-x']],
  ['[!a-c]', ['d', '-'], ['a', '']],
  ['[^d]', ['a'], ['d']],
  ['[a-]', ['a', '-'], ['b']],
  ['[]', ['[]'], [']', '']],
  ['[abc', ['[abc'], ['a']],
  ['*[!d].ts', ['a.ts'], ['a.d.ts', 'word.ts', '.ts']],
  ['*[!.]d.ts', ['word.ts'], ['a.d.ts', 'a.ts']],
  ['a.b', ['a.b'], ['axb']],
]

describe('matchesGlob', () => {
  for (const [glob, matched, unmatched] of ROWS) {
    it(`takes ${JSON.stringify(glob)} as it should`, () => {
      for (const name of matched) assert.equal(matchesGlob(glob, name), true, JSON.stringify(name))
      for (const name of unmatched) assert.equal(matchesGlob(glob, name), false, JSON.stringify(name))
    })
  }

  it('comes to an end with many stars and a long name', () => {
    assert.equal(matchesGlob(`${'a*'.repeat(20)}b`, 'a'.repeat(10_000)), false)
  })
})
