import assert from 'node:assert/strict'
import {quote} from '../../../src/languages/text/quote.js'

describe('quote', () => {
  it('escapes and cuts short', () => {
    assert.equal(quote('a"\n'), '"a\\"\\n"')
    assert.equal(quote('x'.repeat(81)), `"${'x'.repeat(79)}…"`)
  })
})
