import assert from 'node:assert/strict'
import {createHash} from 'node:crypto'
import {SparseHash} from '../../../../src/host/archive/image/sparse-hash.js'

/** Pieces by offset, and the size of the file. */
const FILES: readonly {pieces: [at: number, text: string][]; size: number}[] = [
  {pieces: [], size: 0},
  {pieces: [], size: 100_000},
  {pieces: [[0, 'begin']], size: 5},
  {pieces: [[0, 'begin']], size: 70_000},
  {pieces: [[65_536, 'middle']], size: 200_000},
  {
    pieces: [
      [3, 'one'],
      [6, 'next'],
      [100_000, ''],
      [100_001, 'end'],
    ],
    size: 100_004,
  },
]

function hashOf({pieces, size}: (typeof FILES)[number], chunkBytes: number): string {
  const map = pieces.flatMap(([at, text]) => [at, text.length])
  const stored = Buffer.from(pieces.map(([, text]) => text).join(''))
  const hash = new SparseHash(map, size, stored.length)
  for (let at = 0; at < stored.length; at += chunkBytes) hash.update(stored.subarray(at, at + chunkBytes))
  return hash.digest().toString('hex')
}

describe('SparseHash', () => {
  for (const file of FILES) {
    it(`is that of the whole content: ${JSON.stringify(file)}`, () => {
      const whole = Buffer.alloc(file.size)
      for (const [at, text] of file.pieces) whole.write(text, at)
      const wanted = createHash('sha256').update(whole).digest('hex')
      for (const chunkBytes of [1, 2, 1000]) assert.equal(hashOf(file, chunkBytes), wanted)
    })
  }

  it('does not write out terabytes, and still tells two files apart', () => {
    const huge = (at: number) => hashOf({pieces: [[at, 'x']], size: 2 ** 43}, 10)
    assert.equal(huge(5), huge(5))
    assert.notEqual(huge(5), huge(6))
  })
})
