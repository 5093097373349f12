import assert from 'node:assert/strict'
import {isGoSpace, trimGoSpace, trimGoSpaceStart} from '../../../src/languages/text/go-space.js'

describe('white space as Go sees it', () => {
  it('holds U+0085 and U+00A0, not U+FEFF and U+200B', () => {
    assert.deepEqual([' ', '\t', '\v', '\u0085', '\u00a0', '\u3000'].map(isGoSpace), Array(6).fill(true))
    assert.deepEqual(['a', '\0', '\ufeff', '\u200b'].map(isGoSpace), Array(4).fill(false))
  })

  it('is trimmed', () => {
    assert.equal(trimGoSpace('\u0085 a b\r\n'), 'a b')
    assert.equal(trimGoSpaceStart(' a '), 'a ')
    assert.equal(trimGoSpace('  '), '')
  })
})
