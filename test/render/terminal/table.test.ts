import assert from 'node:assert/strict'
import {shorten, wrapText} from '../../../src/render/terminal/table.js'
import {shortenPath} from '../../../src/render/text/shorten-path.js'

describe('wrapText', () => {
  const rows: [text: string, width: number, lines: string[]][] = [
    ['', 10, ['']],
    ['one two three', 7, ['one two', 'three']],
    ['incomprehensibilities now', 5, ['incomprehensibilities', 'now']],
    ['it takes 812 MB now', 13, ['it takes', '812 MB now']],
    ['3 min 18 s, 5 files', 8, ['3 min', '18 s,', '5 files']],
    ['日本語 日本語', 7, ['日本語', '日本語']],
  ]
  for (const [text, width, lines] of rows) {
    it(`${JSON.stringify(text)} into ${width}`, () => assert.deepEqual(wrapText(text, width), lines))
  }
})

describe('shortened paths', () => {
  const rows: [path: string, width: number, shown: string][] = [
    ['web/dist/app.js', 15, 'web/dist/app.js'],
    ['web/src/deep/app.js', 16, 'web/…/app.js'],
    ['services/payments/client/v2/models', 28, 'services/…/client/v2/models'],
    ['averyveryverylongname.parquet', 16, 'avery…me.parquet'],
    ['日本語日本語日本語日本語', 10, '日…日本語'],
  ]
  for (const [path, width, shown] of rows) {
    it(`${path} in ${width}`, () => assert.equal(shortenPath(path, width, '…'), shown))
  }
  it('need an ellipsis of any length', () => assert.equal(shorten('abcdefghij', 6, '...'), 'a...ij'))
})
