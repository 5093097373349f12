import assert from 'node:assert/strict'
import {parseTolerance} from '../../../src/config/parse-amounts.js'
import {parseSize} from '../../../src/languages/text/parse-size.js'

describe('parseSize', () => {
  for (const [text, bytes] of [
    ['50MB', 50_000_000],
    ['1.5GiB', 1_610_612_736],
    ['0', 0],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', null],
    ['99999999999TB', null],
    ['9'.repeat(400), null],
    ['1e3', null],
    ['0x10', null],
    ['', null],
  ] as const) {
    it(`reads ${JSON.stringify(text.slice(0, 20))}`, () => assert.equal(parseSize(text), bytes))
  }
})

describe('parseTolerance', () => {
  for (const [given, expected] of [
    ['5%', {percent: 5, bytes: 0}],
    [' 2.5 % ', {percent: 2.5, bytes: 0}],
    ['2MB', {percent: 0, bytes: 2_000_000}],
    [1000, {percent: 0, bytes: 1000}],
    ['-5%', null],
    ['%', null],
    [`${'9'.repeat(30)}%`, null],
    ['much', null],
  ] as const) {
    it(`reads ${JSON.stringify(given)}`, () => assert.deepEqual(parseTolerance(given), expected))
  }
})
