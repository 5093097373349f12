import assert from 'node:assert/strict'
import {suggest} from '../../../src/languages/text/suggest.js'

describe('suggest', () => {
  it('names the nearest word within two letters', () => {
    assert.equal(suggest('COPPY', ['CMD', 'COPY']), ' (did you mean COPY?)')
    assert.equal(suggest('frm', ['from'], '--'), ' (did you mean --from?)')
    assert.equal(suggest('zzzz', ['COPY']), '')
    assert.equal(suggest('FOO', ['FROM']), '')
    assert.equal(suggest('x'.repeat(1_000_000), ['COPY']), '')
  })
})
