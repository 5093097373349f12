import {createHash, type Hash} from 'node:crypto'

/** Holes of more bytes are not hashed: a header of a kilobyte can claim terabytes. */
const MAX_HOLE_BYTES = 4 * 2 ** 20
const ZEROS = Buffer.alloc(64 * 1024)

/**
 * SHA-256 of a sparse file's content from its stored bytes, which come in pieces: the same as of the file with its holes
 * written out. Where the holes are too large it is that of the map and the stored bytes, which tells two such files apart.
 */
export class SparseHash {
  private readonly hash: Hash = createHash('sha256')
  private readonly writesHoles: boolean
  private piece = 0
  /** Bytes of the present piece that are still to come. */
  private left = 0
  private position = 0

  /** @param map offset and length of each stored piece in turn @param size bytes of the file with its holes */
  constructor(
    private readonly map: readonly number[],
    private readonly size: number,
    storedBytes: number,
  ) {
    this.writesHoles = size - storedBytes <= MAX_HOLE_BYTES
    if (!this.writesHoles) this.hash.update(`${size} ${map.join(' ')}\n`)
    this.beginPiece()
  }

  update(chunk: Uint8Array): void {
    if (!this.writesHoles) {
      this.hash.update(chunk)
      return
    }
    for (let at = 0; at < chunk.length && this.left > 0; ) {
      const taken = Math.min(this.left, chunk.length - at)
      this.hash.update(chunk.subarray(at, at + taken))
      at += taken
      this.left -= taken
      this.position += taken
      if (this.left === 0) this.beginPiece()
    }
  }

  digest(): Buffer {
    if (this.writesHoles) this.fillTo(this.size)
    return this.hash.digest()
  }

  /** Goes on to the next piece that has bytes. */
  private beginPiece(): void {
    for (; this.left === 0 && this.piece < this.map.length; this.piece += 2) {
      if (this.writesHoles) this.fillTo(this.map[this.piece]!)
      this.left = this.map[this.piece + 1]!
    }
  }

  private fillTo(end: number): void {
    for (; this.position < end; this.position += ZEROS.length)
      this.hash.update(ZEROS.subarray(0, Math.min(ZEROS.length, end - this.position)))
    this.position = end
  }
}
