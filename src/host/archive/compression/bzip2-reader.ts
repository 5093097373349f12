import bitIterator from 'unbzip2-stream/lib/bit_iterator.js'
import bzip2 from 'unbzip2-stream/lib/bzip2.js'
import {ImageFault} from '../../../tree/image/image-fault.js'

/** What a block may take of what is packed, besides its own size: it is read in one go, when so much is there. */
const MARGIN_BYTES = 25_000
const UNIT_BYTES = 100_000
const PIECE_BYTES = 64 * 1024

/**
 * Unpacks bzip2 from the blocks of unbzip2-stream. Its own stream collects what a block gives as numbers: of a block of
 * zeros, 45 MB, that takes gigabytes.
 */
export class Bzip2Reader {
  /** The reader of bits takes the first chunk at once, before there is one. */
  private readonly queue: Uint8Array[] = [new Uint8Array(0)]
  private queuedBytes = 0
  private readonly bits = bitIterator(() => this.next())
  /** 0 between streams. */
  private blockBytes = 0
  private memory = new Int32Array(0)
  private sum: number | null = null
  private piece = Buffer.allocUnsafe(PIECE_BYTES)
  private filled = 0

  constructor(private readonly sink: (chunk: Buffer) => void) {}

  push(chunk: Uint8Array): void {
    this.queue.push(chunk)
    this.queuedBytes += chunk.length
  }

  /** Whether another part may be read. @param isLast whether nothing more will come */
  canRead(isLast: boolean): boolean {
    const left = this.queuedBytes - this.bits.bytesRead
    return isLast ? left > 0 : left >= MARGIN_BYTES + this.blockBytes
  }

  /** Whether a stream has begun and not ended. */
  get isOpen(): boolean {
    return this.sum !== null
  }

  /** Reads a header, a block, or the end of a stream. @throws Error for what is no bzip2 */
  readPart(): void {
    if (this.blockBytes === 0) {
      this.blockBytes = bzip2.header(this.bits) * UNIT_BYTES
      this.memory = new Int32Array(this.blockBytes)
      this.sum = 0
      return
    }
    this.sum = bzip2.decompress(this.bits, (byte) => this.put(byte), this.memory, this.blockBytes, this.sum)
    if (this.sum === null) this.blockBytes = 0
    this.flush()
  }

  private put(byte: number): void {
    this.piece[this.filled++] = byte
    if (this.filled === PIECE_BYTES) this.flush()
  }

  private flush(): void {
    const {filled, piece} = this
    this.filled = 0
    if (filled === 0) return
    this.piece = Buffer.allocUnsafe(PIECE_BYTES)
    this.sink(piece.subarray(0, filled))
  }

  private next(): Uint8Array {
    const chunk = this.queue.shift()
    if (chunk === undefined) throw new ImageFault('its bzip2 data is cut off')
    return chunk
  }
}
