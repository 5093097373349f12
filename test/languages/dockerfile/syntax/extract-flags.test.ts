import assert from 'node:assert/strict'
import {extractFlags} from '../../../../src/languages/dockerfile/syntax/extract-flags.js'
import {inPlace, textAt} from '../../../../src/languages/text/range.js'

describe('extractFlags', () => {
  const rows: [text: string, flags: [name: string, value: string | null, written: string][], rest: string][] =
    [
      ['a --b', [], 'a --b'],
      [
        '--a --b=c  d',
        [
          ['a', null, '--a'],
          ['b', 'c', '--b=c'],
        ],
        'd',
      ],
      ['--a="b c" d', [['a', 'b c', '--a="b c"']], 'd'],
      ['--a=b\\ c\\" d', [['a', 'b c"', '--a=b\\ c\\"']], 'd'],
      ['--a', [['a', null, '--a']], ''],
      ['--a -- --b c', [['a', null, '--a']], ' --b c'],
      ['-a b', [], '-a b'],
      ['--a é', [['a', null, '--a']], 'é'],
      [
        '--a=é --b=😀 --c d',
        [
          ['a', 'Ã©', '--a=é'],
          ['b', 'ð\u009f\u0098\u0080', '--b=😀'],
          ['c', null, '--c'],
        ],
        'd',
      ],
      // the second byte of the letter is white space to BuildKit
      [
        '--a=à --b c',
        [
          ['a', 'Ã', '--a=à'],
          ['b', null, '--b'],
        ],
        'c',
      ],
    ]
  for (const [text, expected, rest] of rows) {
    it(`reads ${text}`, () => {
      const extracted = extractFlags(text, '\\', inPlace)
      const flags = extracted.flags.map(({name, value, range}) => [name, value, textAt(text, range)])
      assert.deepEqual({flags, rest: extracted.rest}, {flags: expected, rest})
    })
  }
})
