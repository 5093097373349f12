import assert from 'node:assert/strict'
import {placeFigures, sum, visitSlots} from '../../../src/build/transfer/entry-figures.js'
import {createFileTree} from '../../../src/tree/model/tree-from-entries.js'

const FILES = ['a', 'b', 'c', 'd']
const TREE = createFileTree(FILES.map((path) => ({path, mode: 0o644, size: 1, modified: 1})))

const TRANSFERS = [
  {selection: {entries: Uint32Array.of(0, 2)}, transfer: {entryBytes: Float64Array.of(10, 20)}},
  {selection: {entries: Uint32Array.of(2, 3)}, transfer: {entryBytes: Float64Array.of(5, 0)}},
]

describe('placeFigures', () => {
  const rows: [title: string, combine: (known: number, added: number) => number, bytes: number[]][] = [
    ['sums over the builds', sum, [10, 0, 25, 0]],
    ['takes the largest', Math.max, [10, 0, 20, 0]],
  ]
  for (const [title, combine, expected] of rows) {
    it(title, () => {
      const {bytes, isSent} = placeFigures(TREE, TRANSFERS, combine)
      assert.deepEqual([...bytes], expected)
      // What costs nothing is sent all the same.
      assert.deepEqual([...isSent], [1, 0, 1, 1])
    })
  }
})

describe('visitSlots', () => {
  it('names the entry, the slot and the transfer', () => {
    const seen: string[] = []
    visitSlots(TRANSFERS, (entry, slot, transfer) =>
      seen.push(`${FILES[entry]} ${slot} ${transfer.transfer.entryBytes[slot]}`),
    )
    assert.deepEqual(seen, ['a 0 10', 'c 1 20', 'c 0 5', 'd 1 0'])
  })
})
