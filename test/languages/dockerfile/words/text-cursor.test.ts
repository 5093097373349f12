import assert from 'node:assert/strict'
import {TextCursor} from '../../../../src/languages/dockerfile/words/text-cursor.js'

describe('TextCursor', () => {
  it('goes on by whole characters', () => {
    const cursor = new TextCursor('a𝒳bb')
    assert.deepEqual([cursor.take(), cursor.take(), cursor.peek()], ['a', '𝒳', 'b'])
    const start = cursor.position
    cursor.skipWhile(/b/)
    assert.deepEqual([cursor.since(start), cursor.peek(), cursor.take()], ['bb', '', ''])
  })
})
