import assert from 'node:assert/strict'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {createBeginningsReader, readBeginnings} from '../../../src/host/files/read-file.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'

describe('createBeginningsReader', () => {
  let root = ''
  beforeEach(() => {
    root = makeTemporaryDirectory()
  })
  afterEach(() => removeTree(root))

  it('reads each file once for each length', () => {
    const write = (text: string) => writeFileSync(path.join(root, 'a'), text)
    const read = createBeginningsReader()
    const readFirst = (maxBytes: number) => [
      ...read(root, [
        {path: 'a', maxBytes},
        {path: 'none', maxBytes},
      ]),
    ]
    write('before')
    assert.deepEqual(readFirst(3), [['a', 'bef']])
    write('after')
    assert.deepEqual(
      [...readFirst(3), ...readFirst(4)],
      [
        ['a', 'bef'],
        ['a', 'afte'],
      ],
    )
    assert.deepEqual([...readBeginnings(root, [{path: 'a', maxBytes: 3}])], [['a', 'aft']])
  })
})
