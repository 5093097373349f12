import assert from 'node:assert/strict'
import {compilePattern} from '../../../src/languages/ignore/compile-pattern.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {CLASSICS} from '../../helpers/hostile-patterns.js'

// No clock here: a backtracking matcher would not come back from these at all.
describe('patterns made to hang a matcher', () => {
  for (const {name, pattern, path, matches} of CLASSICS) {
    it(name, () => assert.equal(compilePattern(pattern).matches(path), matches))
  }

  const LONG: readonly (readonly [piece: string, count: number, path: string, matches: boolean])[] = [
    ['*a', 8_000, 'a'.repeat(4_000), false],
    ['*a', 1_000, 'a'.repeat(4_000), true],
    ['\\[', 32_000, '['.repeat(4_000), false],
    ['\\[', 32_000, '['.repeat(32_000), true],
    ['a{9}', 16_000, 'a'.repeat(4_000), false],
    ['a{9}', 16_000, 'a{9}'.repeat(16_000), true],
  ]
  for (const [piece, count, path, matches] of LONG) {
    it(`${piece} ${count} times over is read, and ${matches ? 'matches' : 'does not match'}`, () => {
      const [pattern] = parseIgnoreFile(piece.repeat(count)).patterns
      assert.equal(compilePattern(pattern!.glob).matches(path), matches)
    })
  }

  it('a line of 64 KiB of brackets that are never closed is refused', () => {
    assert.throws(() => parseIgnoreFile('[[:'.repeat(20_000)), {name: 'IgnoreFileError'})
  })
})
