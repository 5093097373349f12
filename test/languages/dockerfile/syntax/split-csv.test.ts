import assert from 'node:assert/strict'
import {splitCsv} from '../../../../src/languages/dockerfile/syntax/split-csv.js'
import {fail, failureOf} from '../make-scope.js'

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
