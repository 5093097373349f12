import assert from 'node:assert/strict'
import {LineIndex} from '../../../src/languages/text/line-index.js'

const ROWS: [text: string, offset: number, line: number, column: number][] = [
  ['', 0, 1, 1],
  ['abc', 2, 1, 3],
  ['a\nb', 1, 1, 2],
  ['a\nb', 2, 2, 1],
  ['a\r\nb', 3, 2, 1],
  ['a\n\n\nb', 3, 3, 1],
  ['a\n', 2, 2, 1],
  ['a\nbc', 9, 2, 8],
]

describe('LineIndex', () => {
  for (const [text, offset, line, column] of ROWS) {
    it(`finds ${offset} of ${JSON.stringify(text)} at ${line}:${column}`, () => {
      const index = new LineIndex(text)
      assert.deepEqual(index.locate('a', offset), {file: 'a', line, column})
    })
  }
})
