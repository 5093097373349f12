import assert from 'node:assert/strict'
import fc from 'fast-check'
import {createEndingTest} from '../../../src/languages/ignore/ending-test.js'
import {createIgnorePattern, type IgnorePattern} from '../../../src/languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../../src/languages/ignore/pattern-matcher.js'

function makePatterns(globs: readonly string[]): IgnorePattern[] {
  return globs.map((glob) => createIgnorePattern(glob))
}

describe('createEndingTest', () => {
  const rows: [globs: string[], name: string, expected: boolean][] = [
    [['**/node_modules', '*.log'], 'node_modules', true],
    [['**/node_modules', '*.log'], 'a.log', true],
    [['**/node_modules', '*.log'], 'a.js', false],
    [['services/api', '!services/api/src'], 'src', true],
    [['services/api', '!services/api/src'], 'services', false],
    // whatever stands last
    [['src/**'], 'a.js', true],
    [['src/*'], 'a.js', true],
    // `(.*/)?` may be empty
    [['a**/b'], 'ab', true],
    // tried by every path
    [['[b-a]*', 'x'], 'a.js', true],
    [[], 'a.js', false],
  ]
  for (const [globs, name, expected] of rows) {
    it(`${expected ? 'asks' : 'does not ask'} ${JSON.stringify(globs)} about ${name}`, () => {
      assert.equal(createEndingTest(makePatterns(globs))(name), expected)
    })
  }

  it('says no only where no pattern matches', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '*',
      '**',
      '?',
      '/',
      '/**/',
      '[^a]',
      '\\',
      '{2}',
      '|',
      '^',
      '+',
      '\uFEFF',
      ' ',
      '!',
    )
    const glob = fc.array(piece, {minLength: 1, maxLength: 6}).map((pieces) => pieces.join(''))
    const name = fc.array(fc.constantFrom('a', 'b', '.', '+', '|', '^', '\n', '\uFEFF', ' '), {
      minLength: 1,
      maxLength: 3,
    })
    const path = fc
      .array(name, {minLength: 1, maxLength: 3})
      .map((names) => names.map((one) => one.join('')).join('/'))
    fc.assert(
      fc.property(fc.array(glob, {minLength: 1, maxLength: 3}), path, (globs, one) => {
        const patterns = makePatterns(globs)
        const isMatched = new PatternMatcher(patterns).matchAny(one).bits.length > 0
        return !isMatched || createEndingTest(patterns)(one.slice(one.lastIndexOf('/') + 1))
      }),
      {numRuns: 2_000},
    )
  })
})
