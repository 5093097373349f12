import assert from 'node:assert/strict'
import {readName} from '../../../../src/languages/dockerfile/syntax/read-name.js'
import {TextCursor} from '../../../../src/languages/text/text-cursor.js'

describe('readName', () => {
  const rows: [text: string, name: string][] = [
    ['abc_1-x', 'abc_1'],
    ['12a', '12'],
    ['@a', '@'],
    ['été.', 'été'],
    ['.', ''],
    ['', ''],
  ]
  for (const [text, name] of rows) {
    it(`reads ${JSON.stringify(text)}`, () => assert.equal(readName(new TextCursor(text)), name))
  }
})
