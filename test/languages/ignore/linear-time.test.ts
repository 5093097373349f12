import assert from 'node:assert/strict'
import {compilePattern} from '../../../src/languages/ignore/compile-pattern.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'
import {CLASSICS} from '../../helpers/hostile-patterns.js'

// No clock here: a backtracking matcher would not come back from these at all.
describe('patterns made to hang a matcher', () => {
  for (const {name, pattern, path, matches} of CLASSICS) {
    it(name, () => assert.equal(compilePattern(pattern).matches(path), matches))
  }

  it('a line of 64 KiB of stars and brackets is read', () => {
    for (const text of [
      '*a'.repeat(32_000),
      '[[:'.repeat(20_000),
      '\\['.repeat(32_000),
      'a{9}'.repeat(16_000),
    ]) {
      try {
        for (const {glob} of parseIgnoreFile(text).patterns) compilePattern(glob).matches('a'.repeat(4_000))
      } catch (error) {
        assert.equal((error as Error).name, 'IgnoreFileError')
      }
    }
  })
})
