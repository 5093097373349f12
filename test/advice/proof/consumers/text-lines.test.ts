import assert from 'node:assert/strict'
import {matchLines} from '../../../../src/advice/proof/consumers/text-lines.js'

describe('matchLines', () => {
  const rows: [text: string, pattern: RegExp, expected: [match: string, line: number, content: string][]][] =
    [
      ['', /a/g, []],
      ['a', /a/g, [['a', 1, 'a']]],
      [
        'xa\n\nya b',
        /a/g,
        [
          ['a', 1, 'xa'],
          ['a', 3, 'ya b'],
        ],
      ],
      [
        'aa\na\n',
        /a/g,
        [
          ['a', 1, 'aa'],
          ['a', 1, 'aa'],
          ['a', 2, 'a'],
        ],
      ],
      [
        'one\ntwo\nthree',
        /\n/g,
        [
          ['\n', 1, 'one'],
          ['\n', 2, 'two'],
        ],
      ],
      ['one\ntwo\nthree', /e\nt/g, [['e\nt', 1, 'one']]],
      [
        'a\nb',
        /$/gm,
        [
          ['', 1, 'a'],
          ['', 2, 'b'],
        ],
      ],
    ]
  for (const [text, pattern, expected] of rows) {
    it(`${pattern} in ${JSON.stringify(text)}`, () => {
      const found = matchLines(text, pattern).map(({match, line, content}) => [match[0], line, content])
      assert.deepEqual(found, expected)
    })
  }
})
