import {deflateRawSync} from 'node:zlib'

/** Level 4 comes nearest to Go's compressor, which Docker uses (docs/image.md 5.7). */
const LEVEL = 4
const PIECES = 16
const PIECE_BYTES = 32 * 1024
/** How far back gzip looks: so much stands before each piece, as if all had been compressed. */
const HISTORY_BYTES = 32 * 1024
const STEP_BYTES = PIECE_BYTES + HISTORY_BYTES
/** Header and end of a gzip file. */
const FRAME_BYTES = 18

/**
 * Estimates what gzip would make of a stream of known length: of a small one all is compressed, of a larger one pieces
 * at even distances. Compressing all takes thirty times as long as reading it.
 */
export class GzipSampler {
  private readonly stride: number
  private position = 0
  private held: Buffer[] = []
  private heldBytes = 0
  private readonly sampled = {bytes: 0, compressed: 0}

  /** @param size bytes of the stream */
  constructor(private readonly size: number) {
    this.stride = strideOf(size)
  }

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const phase = this.position % this.stride
      const isWanted = phase < STEP_BYTES
      const length = Math.min(chunk.length - at, (isWanted ? STEP_BYTES : this.stride) - phase)
      if (isWanted) this.hold(chunk.subarray(at, at + length))
      this.position += length
      at += length
    }
  }

  estimate(): number {
    this.compress()
    return scale(this.sampled, this.size)
  }

  private hold(piece: Buffer): void {
    this.held.push(Buffer.from(piece))
    this.heldBytes += piece.length
    if (this.heldBytes === STEP_BYTES) this.compress()
  }

  private compress(): void {
    compressPiece(Buffer.concat(this.held), this.stride, this.sampled)
    this.held = []
    this.heldBytes = 0
  }
}

/** The same of bytes that can be read in any place. @param readAt fills a buffer and returns how far */
export function estimateGzip(size: number, readAt: (start: number, buffer: Buffer) => number): number {
  const stride = strideOf(size)
  const sampled = {bytes: 0, compressed: 0}
  const piece = Buffer.allocUnsafe(STEP_BYTES)
  for (let start = 0; start < size; start += stride)
    compressPiece(piece.subarray(0, readAt(start, piece)), stride, sampled)
  return scale(sampled, size)
}

function strideOf(size: number): number {
  return Math.max(STEP_BYTES, Math.ceil(size / PIECES))
}

/** Pieces that follow one another without a gap are counted whole. */
function compressPiece(piece: Buffer, stride: number, sampled: {bytes: number; compressed: number}): void {
  if (piece.length === 0) return
  const history = stride === STEP_BYTES ? 0 : Math.min(HISTORY_BYTES, piece.length >> 1)
  const options = {level: LEVEL, ...(history > 0 && {dictionary: piece.subarray(0, history)})}
  sampled.bytes += piece.length - history
  sampled.compressed += deflateRawSync(piece.subarray(history), options).length
}

function scale({bytes, compressed}: {bytes: number; compressed: number}, size: number): number {
  return bytes === 0 ? 0 : FRAME_BYTES + Math.round((compressed / bytes) * size)
}
