import assert from 'node:assert/strict'
import {IgnoreFileError} from '../../../src/errors.js'
import {createIgnoreMatcher} from '../../../src/languages/ignore/ignore-matcher.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'

const PATHS = ['$', '$y', 'b/$', 'b/$x', 'b/x', 'c/$', 'plain']

/** What Engine 28.5 leaves out of a context with these paths. */
const ROWS: readonly [pattern: string, ignored: readonly string[]][] = [
  ['*/**\\', ['b/$', 'b/$x', 'c/$']],
  ['/**/**\\', ['$', '$y', 'b/$', 'b/$x', 'c/$']],
  ['**//**/**\\', ['$', '$y', 'b/$', 'b/$x', 'c/$']],
  ['b/*\\', ['b/$', 'b/$x']],
]

describe('a pattern that ends in a lone backslash', () => {
  for (const [pattern, expected] of ROWS) {
    it(`${pattern} leaves out ${expected.join(' ')}`, () => {
      const {decide} = createIgnoreMatcher(parseIgnoreFile(`${pattern}\n`))
      assert.deepEqual(
        PATHS.filter((path) => decide(path).ignored),
        expected,
      )
    })
  }

  for (const pattern of ['**\\', 'b/?\\', '*\\']) {
    it(`${pattern} fails the build`, () =>
      assert.throws(() => parseIgnoreFile(`${pattern}\n`), IgnoreFileError))
  }
})
