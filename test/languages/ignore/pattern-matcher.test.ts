import assert from 'node:assert/strict'
import {compilePattern} from '../../../src/languages/ignore/compile-pattern.js'
import {createIgnorePattern} from '../../../src/languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../../src/languages/ignore/pattern-matcher.js'

/** Each is looked up in another way, or in none. */
const PATTERNS = [
  'a',
  'logs/2024/app.log',
  'logs/2024/*.log',
  'logs/**',
  'logs/2?/x',
  'l*/x',
  '**/app.log',
  '**/2024/*.log',
  '**.log',
  '*.log',
  '*.min.js',
  'src/[ab].js',
  'src/a[^b]c.d/e',
  '**',
  'é/*.log',
  '*.d/x',
  '.*',
  '**/.*',
  'x.*/y',
]

const PATHS = [
  'a',
  'a/b',
  'app.log',
  'logs',
  'logs/2024',
  'logs/2024/app.log',
  'logs/2024/app.txt',
  'logs/2024/x/app.log',
  'logs/25/x',
  'lib/x',
  'x/2024/y.log',
  'lib/a.min.js',
  'a.min.js',
  '.log',
  'src/a.js',
  'src/a/c.d/e',
  'é/ü.log',
  'q.d/x',
  '.env',
  'src/.env',
  'x.y/y',
  'log',
]

describe('PatternMatcher', () => {
  it('leaves out no pattern that matches, however it is looked up', () => {
    const matcher = new PatternMatcher(PATTERNS.map((text) => createIgnorePattern(text)))
    for (const path of PATHS) {
      const expected = PATTERNS.filter((text) => compilePattern(createIgnorePattern(text).glob).matches(path))
      const found = matcher.matchAny(path).bits.map((number) => PATTERNS[number])
      assert.deepEqual(found, expected, path)
    }
  })
})
