import assert from 'node:assert/strict'
import {UnpackLimit} from '../../../../src/host/archive/compression/unpack-limit.js'
import {ImageFault} from '../../../../src/tree/image/image-fault.js'

const MB = 2 ** 20
const GB = 2 ** 30

/** Compression, bytes that came in, bytes that came out, whether that is refused. */
const ROWS = [
  ['gzip', 4 * MB, 4 * GB, false],
  // As tightly as gzip can.
  ['gzip', 8 * MB, 8 * GB, false],
  ['gzip', MB, 5 * GB, true],
  ['zstd', 200, 2 * GB, false],
  ['zstd', 200, 2 * GB + 1, true],
  ['zstd', 3 * MB, 3 * GB, false],
  ['xz', 200, GB, false],
  ['xz', 200, GB + 1, true],
  ['bzip2', 50, GB, false],
  ['bzip2', 50, GB + 1, true],
  ['bzip2', 20 * MB, 20 * GB, false],
] as const

describe('UnpackLimit', () => {
  for (const [compression, taken, made, isRefused] of ROWS) {
    it(`${isRefused ? 'refuses' : 'lets'} ${taken} bytes of ${compression} unpack to ${made}`, () => {
      const limit = new UnpackLimit(compression)
      limit.take(taken)
      const make = () => {
        limit.make(made - 1)
        limit.make(1)
      }
      if (isRefused) assert.throws(make, ImageFault)
      else make()
    })
  }

  it('counts what came in before and after', () => {
    const limit = new UnpackLimit('xz')
    limit.take(MB)
    limit.make(GB)
    limit.take(MB)
    limit.make(GB)
    assert.throws(
      () => limit.make(GB),
      /^ImageFault: 2097152 bytes of its xz data unpack to more than 3221225472$/,
    )
  })
})
