import assert from 'node:assert/strict'
import {quote, quoteWord} from '../../../src/languages/text/quote.js'

describe('quote', () => {
  it('escapes and cuts short', () => {
    assert.equal(quote('a"\n'), '"a\\"\\n"')
    assert.equal(quote('x'.repeat(81)), `"${'x'.repeat(79)}…"`)
  })
})

describe('quoteWord', () => {
  for (const [word, quoted] of [
    ['.', '.'],
    ['web/api', 'web/api'],
    ['Zoë', 'Zoë'],
    ['my web', "'my web'"],
    ["it's", "'it'\\''s'"],
    ['a$b', "'a$b'"],
    ['', "''"],
  ] as const) {
    it(`makes ${JSON.stringify(word)} a word of a shell`, () => assert.equal(quoteWord(word), quoted))
  }
})
