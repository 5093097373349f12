import {ImageFault} from '../../../tree/image/image-fault.js'

/** What zstd itself takes unasked. */
const MAX_WINDOW_BYTES = 128 * 2 ** 20

const MAGIC = 0xfd2fb528
const SKIPPABLE = 0x184d2a50

/**
 * Follows the frames of zstd data and refuses a window that is too large: fzstd reserves what a frame claims, and moves
 * all of it for each block.
 */
export class ZstdFrames {
  private held = Buffer.alloc(0)
  /** Bytes of the present block, skippable frame or checksum that are still to come. */
  private left = 0
  private state: 'frame' | 'block' = 'frame'
  private hasChecksum = false

  /** @throws ImageFault for a window that is too large */
  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.left > 0) {
        const taken = Math.min(this.left, chunk.length - at)
        this.left -= taken
        at += taken
        continue
      }
      // A header is 18 bytes at most; they may come in pieces.
      const before = this.held.length
      this.held = Buffer.concat([this.held, chunk.subarray(at, at + 18 - before)])
      const used = this.state === 'frame' ? this.readFrame(this.held) : this.readBlock(this.held)
      if (used === 0) return
      this.held = Buffer.alloc(0)
      at += used - before
    }
  }

  /** Bytes of a frame's header; 0 where they have not all come. */
  private readFrame(data: Buffer): number {
    if (data.length < 8) return 0
    const magic = data.readUInt32LE(0)
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      this.left = data.readUInt32LE(4)
      return 8
    }
    // fzstd says what is wrong with anything else.
    if (magic !== MAGIC) return data.length
    const flags = data[4]!
    const isSingle = (flags & 0x20) !== 0
    const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6]!
    const dictionaryBytes = [0, 1, 2, 4][flags & 3]!
    const length = 5 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes
    if (data.length < length) return 0
    checkWindow(isSingle ? contentSize(data, length - sizeBytes, sizeBytes) : windowSize(data[5]!))
    this.hasChecksum = (flags & 4) !== 0
    this.state = 'block'
    return length
  }

  private readBlock(data: Buffer): number {
    if (data.length < 3) return 0
    const header = data.readUIntLE(0, 3)
    const isRepeat = ((header >> 1) & 3) === 1
    this.left = isRepeat ? 1 : header >> 3
    if (header & 1) {
      this.left += this.hasChecksum ? 4 : 0
      this.state = 'frame'
    }
    return 3
  }
}

function checkWindow(bytes: number): void {
  if (bytes > MAX_WINDOW_BYTES) throw new ImageFault(`its zstd data needs ${bytes} bytes of memory`)
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

function contentSize(data: Buffer, at: number, bytes: number): number {
  if (bytes === 8) return Number(data.readBigUInt64LE(at))
  return data.readUIntLE(at, bytes) + (bytes === 2 ? 256 : 0)
}
