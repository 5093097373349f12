import type {Range} from './range.js'

/** A part of a text that is one stretch of a file. */
export interface Piece {
  length: number
  /** Where the piece begins in the file. */
  origin: number
  /** Set for a piece that is written in another way: where it ends in the file. Any part of it stands for all of it. */
  originEnd?: number
}

/** A text put together from pieces of a file, as when lines are joined, that knows where each stands. Immutable. */
export class MappedText {
  /** Where each piece begins in the text; made when there are several and one is looked for. */
  private starts: readonly number[] | null = null

  /**
   * @param begin where the first piece begins in the file
   * @param pieces in order, at least one, together as long as the text; null for one that stands there as it is
   */
  private constructor(
    readonly text: string,
    private readonly begin: number,
    private readonly pieces: readonly Piece[] | null,
  ) {}

  /** A text that stands in the file as it is. */
  static at(origin: number, text: string): MappedText {
    return new MappedText(text, origin, null)
  }

  /** A text that is written in another way, such as `\n` for a line feed. */
  static standingFor({start, end}: Range, text: string): MappedText {
    return new MappedText(text, start, [{length: text.length, origin: start, originEnd: end}])
  }

  /** Puts parts together, at least one; the separator stands for what is between two of them in the file. */
  static join(parts: readonly MappedText[], separator = ''): MappedText {
    if (parts.length === 1) return parts[0]!
    const pieces = parts.flatMap((part, index) => {
      const before = parts[index - 1]
      const own = part.listPieces()
      if (before === undefined || separator === '') return own
      const between = {length: separator.length, origin: before.origin.end, originEnd: part.origin.start}
      return [between, ...own]
    })
    return new MappedText(parts.map(({text}) => text).join(separator), pieces[0]!.origin, pieces)
  }

  /** From where its first piece begins in the file to where its last one ends. */
  get origin(): Range {
    return this.originOf(0, this.text.length)
  }

  /** Where a stretch of the text stands in the file: what was left out between its pieces is in it. */
  toOrigin({start, end}: Range): Range {
    return this.originOf(start, end)
  }

  /** The same for a stretch that begins and ends here. */
  originOf(start: number, end: number): Range {
    if (this.pieces === null) return {start: this.begin + start, end: this.begin + end}
    if (start < end) return {start: this.#originOfStart(start), end: this.#originOfEnd(end)}
    const at = end === 0 ? this.#originOfStart(0) : this.#originOfEnd(end)
    return {start: at, end: at}
  }

  /** A stretch of the text that still knows where it stands. */
  slice(start: number, end: number = this.text.length): MappedText {
    if (start >= end) return MappedText.at(this.originOf(start, start).start, '')
    const text = this.text.slice(start, end)
    if (this.pieces === null) return MappedText.at(this.begin + start, text)
    const pieces: Piece[] = []
    const last = this.#pieceAt(end - 1)
    for (let index = this.#pieceAt(start); index <= last; index++)
      pieces.push(this.#cutPiece(index, start, end))
    return new MappedText(text, pieces[0]!.origin, pieces)
  }

  private listPieces(): readonly Piece[] {
    return this.pieces ?? [{length: this.text.length, origin: this.begin}]
  }

  /** What of a piece lies in a stretch of the text. */
  #cutPiece(index: number, start: number, end: number): Piece {
    const piece = this.listPieces()[index]!
    const from = Math.max(start - this.#startOf(index), 0)
    const length = Math.min(end - this.#startOf(index), piece.length) - from
    if (length === piece.length) return piece
    return piece.originEnd === undefined ? {length, origin: piece.origin + from} : {...piece, length}
  }

  #originOfStart(offset: number): number {
    const index = this.#pieceAt(offset)
    const {origin, originEnd} = this.listPieces()[index]!
    return originEnd === undefined ? origin + offset - this.#startOf(index) : origin
  }

  #originOfEnd(offset: number): number {
    const index = this.#pieceAt(offset - 1)
    const {origin, originEnd} = this.listPieces()[index]!
    return originEnd ?? origin + offset - this.#startOf(index)
  }

  /** The piece that holds an offset; the last one for the end of the text. */
  #pieceAt(offset: number): number {
    let low = 0
    let high = this.listPieces().length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#startOf(middle) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  #startOf(index: number): number {
    if (index === 0) return 0
    this.starts ??= startsOf(this.listPieces())
    return this.starts[index]!
  }
}

function startsOf(pieces: readonly Piece[]): number[] {
  const starts: number[] = []
  let start = 0
  for (const {length} of pieces) {
    starts.push(start)
    start += length
  }
  return starts
}
