import assert from 'node:assert/strict'
import {editIgnoreFile} from '../../src/edit/edit-ignore-file.js'
import {readBlock} from '../../src/edit/read-block.js'

describe('readBlock', () => {
  it('reads back what was written, with line numbers and comments', () => {
    const before = new TextEncoder().encode('x\r\n!x/é\r\n')
    const content = editIgnoreFile(before, {add: [{pattern: 'a', comment: 'größer'}, {pattern: '!./b/'}]})
    assert.deepEqual(readBlock(content), [
      {pattern: 'a', line: 4, comment: 'größer'},
      {pattern: '!b', line: 5},
    ])
  })

  it('finds nothing where there is no whole block', () => {
    for (const text of ['', 'a\n', '# >>> docker slim-check\na\n', 'a\n# <<< docker slim-check\n']) {
      assert.deepEqual(readBlock(new TextEncoder().encode(text)), [], text)
    }
  })
})
