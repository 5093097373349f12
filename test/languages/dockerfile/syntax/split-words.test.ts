import assert from 'node:assert/strict'
import {
  cutAtBlank,
  splitAtBlanks,
  splitCsv,
  splitQuotedWords,
} from '../../../../src/languages/dockerfile/syntax/split-words.js'
import {inPlace, textAt} from '../../../../src/languages/text/range.js'
import {fail, failureOf} from '../make-scope.js'

describe('words', () => {
  it('are cut at blanks', () => {
    assert.deepEqual(splitAtBlanks('a \t b\u00a0c a', inPlace), {
      args: ['a', 'b\u00a0c', 'a'],
      argRanges: [
        {start: 0, end: 1},
        {start: 4, end: 7},
        {start: 8, end: 9},
      ],
    })
    assert.deepEqual(splitAtBlanks('', inPlace), {args: [], argRanges: []})
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
    it(`are cut outside quotes: ${text}`, () => {
      const {args, argRanges} = splitQuotedWords(text, '\\', inPlace)
      assert.deepEqual(args, words)
      assert.deepEqual(
        argRanges.map((range) => textAt(text, range)),
        words,
      )
    })
  }
})

describe('splitCsv', () => {
  const rows: [text: string, fields: string[]][] = [
    ['a=b,c', ['a=b', 'c']],
    ['"a=b,c",d', ['a=b,c', 'd']],
    ['"a""b"', ['a"b']],
  ]
  for (const [text, fields] of rows) it(`cuts ${text}`, () => assert.deepEqual(splitCsv(text, fail), fields))
  for (const text of ['"a', 'a"b', '"a"b']) {
    it(`refuses ${text}`, () =>
      assert.match(
        failureOf(() => splitCsv(text, fail)),
        /quote|missing/,
      ))
  }
})
