import assert from 'node:assert/strict'
import {addBlock, hasBlock, removeBlock} from '../../../src/host/shell/marked-block.js'

const FILES: Record<string, Buffer | null> = {
  'no file': null,
  'an empty file': Buffer.from(''),
  'whole lines': Buffer.from('a\nb\n'),
  'an unfinished line': Buffer.from('a\nb'),
  CRLF: Buffer.from('a\r\nb\r\n'),
  'bytes that are no UTF-8': Buffer.from('61ff0a', 'hex'),
  'a script': Buffer.from('#!/bin/bash\nset -e\nexit 0\n'),
  'a script of one unfinished line': Buffer.from('#!/bin/sh'),
  'a first line and nothing else': Buffer.from('#!/bin/sh\n'),
}

describe('a marked block', () => {
  for (const [name, before] of Object.entries(FILES)) {
    for (const place of ['end', 'script'] as const) {
      it(`comes out byte for byte: ${name}, ${place}`, () => {
        const once = addBlock(before, ['line é'], place)
        assert.ok(hasBlock(once))
        assert.deepEqual(Buffer.from(addBlock(once, ['line é'], place)), Buffer.from(once))
        const changed = addBlock(once, ['other', 'lines'], place)
        for (const content of [once, changed]) {
          const after = removeBlock(content)
          assert.deepEqual(after === null ? null : Buffer.from(after), before)
        }
      })
    }
  }

  it('stands below the first line of a script', () => {
    const after = addBlock(Buffer.from('#!/bin/bash\nexit 0\n'), ['x'], 'script')
    assert.match(Buffer.from(after).toString(), /^#!\/bin\/bash\n# >>> .*\nx\n# <<< .*\nexit 0\n$/)
  })
})
