import assert from 'node:assert/strict'
import {escapePattern} from '../../../src/languages/ignore/escape-pattern.js'
import {createIgnoreMatcher} from '../../../src/languages/ignore/ignore-matcher.js'
import {parseIgnoreFile} from '../../../src/languages/ignore/parse-ignore-file.js'

const ROWS: [path: string, pattern: string | null][] = [
  ['dist', 'dist'],
  ['web/.next/cache', 'web/.next/cache'],
  ['a b', 'a b'],
  ['(group)/+page.ts', '(group)/+page.ts'],
  ['{{name}}/^a|b', '{{name}}/^a|b'],
  ['a#b!', 'a#b!'],
  ['[slug]/{x}.ts', '\\[slug\\]/\\{x\\}.ts'],
  ['*', '\\*'],
  ['**/x?', '\\*\\*/x\\?'],
  ['a\\b', 'a\\\\b'],
  ['a\\', 'a\\\\'],
  ['#x', '\\#x'],
  ['!x', '\\!x'],
  ['!*', '\\!\\*'],
  [' x', '[ ]x'],
  ['x ', 'x[ ]'],
  ['a /b', 'a /b'],
  [' ', '[ ]'],
  ['  ', '[ ][ ]'],
  ['\u00a0x\u3000', '[\u00a0]x[\u3000]'],
  ['\u200bx', '\u200bx'],
  ['\uFEFFx', '[\uFEFF]x'],
  ['...', '...'],
  ['..a', '..a'],
  ['', null],
  ['.', null],
  ['..', null],
  ['../a', null],
  ['/a', null],
  ['a/', null],
  ['a//b', null],
  ['./a', null],
  ['a/../b', null],
  ['a\nb', null],
  ['a\tb', null],
  ['a\r', null],
  ['a\u007f', null],
  ['a\ud800', null],
  ['x'.repeat(65_536), null],
]

const HOSTILE_NAMES = [
  ...'a b A d w pL x41 1 é 日本 😀 . .. ... .a ..a'
    .split(' ')
    .filter((name) => name !== '.' && name !== '..'),
  ...'*|**|***|?|??|[|]|[]|[a]|[!a]|[^a]|[a-c]|[ ]|[[:alpha:]]'.split('|'),
  ...[
    '^',
    '^a',
    'a^',
    '$',
    '$a',
    '|',
    'a|b',
    'a|',
    '{',
    '}',
    '{a,b}',
    'a{2}',
    'aa',
    '(a)',
    'a+',
    'a.b',
    'axb',
  ],
  ...['\\', '\\\\', '\\a', 'a\\', '\\*', '\\d', '#', '#a', '##', '!', '!a', '!!', '\\#a', '\\!a', '-', 'a-b'],
  ...[
    ' ',
    '  ',
    ' a',
    'a ',
    ' a ',
    'a  b',
    '\u00a0',
    '\u00a0a',
    'a\u0085',
    '\u3000',
    '\u200b',
    '\uFEFF',
    '\uFEFFa',
  ],
  ...[
    '\u2028',
    'a\u2028',
    ' *',
    '* ',
    ' [',
    '] ',
    '# ',
    '! ',
    ' #',
    ' !',
    'e\u0301',
    '~',
    '&&',
    '%41',
    "'",
    '"',
    '`',
  ],
]

describe('escapePattern', () => {
  for (const [path, pattern] of ROWS) {
    it(`writes ${JSON.stringify(path).slice(0, 40)} as ${JSON.stringify(pattern)}`, () => {
      assert.equal(escapePattern(path), pattern)
    })
  }

  it('matches its path and no other of a hostile list', () => {
    const nested = HOSTILE_NAMES.flatMap((name) => [`q/${name}`, `q${name}/z`])
    const paths = [...new Set([...HOSTILE_NAMES, ...nested])]
    for (const path of paths) {
      const pattern = escapePattern(path)
      assert.notEqual(pattern, null, JSON.stringify(path))
      for (const ending of ['\n', '\r\n']) {
        const {decide} = createIgnoreMatcher(parseIgnoreFile(`# first\n${pattern}${ending}`))
        const matched = paths.filter((other) => decide(other).ignored)
        assert.deepEqual(matched, [path], JSON.stringify(pattern))
        assert.equal(decide(`${path}/below`).ignored, true)
      }
    }
  })
})
