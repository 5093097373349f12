import assert from 'node:assert/strict'
import {
  cutAtBlank,
  splitAtBlanks,
  splitQuotedWords,
} from '../../../../src/languages/dockerfile/syntax/split-words.js'

describe('words', () => {
  it('are cut at blanks', () => {
    assert.deepEqual(splitAtBlanks('a \t b\u00a0c'), ['a', 'b\u00a0c'])
    assert.deepEqual(splitAtBlanks(''), [])
    assert.deepEqual(cutAtBlank('a  b c'), ['a', 'b c'])
    assert.deepEqual(cutAtBlank('a'), ['a', null])
  })

  const rows: [text: string, words: string[]][] = [
    ['a=b c=d', ['a=b', 'c=d']],
    ['a="b c" d', ['a="b c"', 'd']],
    [`a='b "c' d`, [`a='b "c'`, 'd']],
    ['a=b\\ c d', ['a=b\\ c', 'd']],
    ['a="b\\" c" d', ['a="b\\" c"', 'd']],
    [`a='b\\' c`, [`a='b\\'`, 'c']],
    ['a=b\\', ['a=b']],
    ['a=b\\\\', ['a=b\\\\']],
    ['\\', []],
  ]
  for (const [text, words] of rows) {
    it(`are cut outside quotes: ${text}`, () => assert.deepEqual(splitQuotedWords(text, '\\'), words))
  }
})
