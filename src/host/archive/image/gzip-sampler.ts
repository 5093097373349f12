import {promisify} from 'node:util'
import {deflateRaw, deflateRawSync, type ZlibOptions} from 'node:zlib'

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
    if (this.heldBytes > 0) {
      const {content, options} = splitPiece(Buffer.concat(this.held), this.stride)
      this.sampled.bytes += content.length
      this.sampled.compressed += deflateRawSync(content, options).length
    }
    this.held = []
    this.heldBytes = 0
  }
}

/**
 * The same of bytes that can be read in any place; threads of zlib compress while the caller goes on.
 * @param readAt fills a buffer and returns how far
 */
export async function estimateGzip(
  size: number,
  readAt: (start: number, buffer: Buffer) => number,
): Promise<number> {
  const stride = strideOf(size)
  const sampled = {bytes: 0, compressed: 0}
  const pieces: Promise<void>[] = []
  for (let start = 0; start < size; start += stride) {
    const piece = Buffer.allocUnsafe(STEP_BYTES)
    const {content, options} = splitPiece(piece.subarray(0, readAt(start, piece)), stride)
    sampled.bytes += content.length
    pieces.push(
      deflate(content, options).then(({length}) => {
        sampled.compressed += length
      }),
    )
  }
  await Promise.all(pieces)
  return scale(sampled, size)
}

const deflate = promisify<Buffer, ZlibOptions, Buffer>(deflateRaw)

function strideOf(size: number): number {
  return Math.max(STEP_BYTES, Math.ceil(size / PIECES))
}

/** What of a piece is counted, and how it is compressed; pieces that follow one another without a gap count whole. */
function splitPiece(piece: Buffer, stride: number): {content: Buffer; options: ZlibOptions} {
  const history = stride === STEP_BYTES ? 0 : Math.min(HISTORY_BYTES, piece.length >> 1)
  const dictionary = piece.subarray(0, history)
  return {content: piece.subarray(history), options: {level: LEVEL, ...(history > 0 && {dictionary})}}
}

function scale({bytes, compressed}: {bytes: number; compressed: number}, size: number): number {
  return bytes === 0 ? 0 : FRAME_BYTES + Math.round((compressed / bytes) * size)
}
