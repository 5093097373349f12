import type {Location} from './range.js'

/** Finds the line and the column of an offset in a text. Lines end with `\n`. */
export class LineIndex {
  /** Offsets of the first character of each line. */
  private readonly starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
  }

  /** Returns the 1-based line that holds an offset; the last line for one behind the text. */
  lineAt(offset: number): number {
    let low = 0
    let high = this.starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.starts[middle]! <= offset) low = middle
      else high = middle
    }
    return low + 1
  }

  /** Returns where an offset is, for people and reports. */
  locate(file: string, offset: number): Location {
    return {file, line: this.lineAt(offset), column: this.columnAt(offset)}
  }

  /** Returns the 1-based column of an offset, in UTF-16 units. */
  columnAt(offset: number): number {
    return offset - this.starts[this.lineAt(offset) - 1]! + 1
  }
}
