import {ImageFault} from '../image-fault.js'
import {decimal} from './pax-records.js'

/** What the pax header of a sparse file says of it. */
export interface SparseFile {
  /** Bytes of the file with its holes. */
  size: number
  /** Whether the map stands before the content (version 1.0), not in the header. */
  isMapInContent: boolean
  /** The map of versions 0.0 and 0.1: offset and length of each piece in turn. */
  map: number[]
}

/**
 * Reads the map that stands before the content of a sparse file (version 1.0): a count, then offset and length of each
 * piece, a number a line, padded to whole blocks.
 */
export class SparseMapReader {
  readonly map: number[] = []
  private wanted: number | null = null
  private rest = ''

  /** Takes the next block and tells whether the map is whole. @throws ImageFault for what is no map */
  push(block: Buffer): boolean {
    const lines = (this.rest + block.toString('latin1')).split('\n')
    this.rest = lines.pop()!
    for (const line of lines) {
      if (this.isWhole()) break
      this.take(line)
    }
    if (this.rest.length > MAX_DIGITS && !this.isWhole()) throw new ImageFault('a sparse file has no map')
    return this.isWhole()
  }

  private take(line: string): void {
    const value = decimal(Buffer.from(line, 'latin1'))
    if (Number.isNaN(value)) throw new ImageFault('the map of a sparse file has an invalid number')
    if (this.wanted === null && value > MAX_PIECES) throw new ImageFault(`a sparse file has ${value} pieces`)
    if (this.wanted === null) this.wanted = 2 * value
    else this.map.push(value)
  }

  private isWhole(): boolean {
    return this.map.length === this.wanted
  }
}

const MAX_DIGITS = 20
const MAX_PIECES = 2 ** 20

/**
 * Checks that a map's pieces follow one another, lie in the file, and are as long as what is stored.
 * @throws ImageFault where it lies
 */
export function checkSparseMap(map: readonly number[], size: number, storedBytes: number): void {
  let end = 0
  let stored = 0
  for (let at = 0; at < map.length; at += 2) {
    const [offset, length] = [map[at]!, map[at + 1]!]
    if (!(offset >= end && offset + length <= size)) throw new ImageFault('the map of a sparse file is wrong')
    end = offset + length
    stored += length
  }
  if (map.length % 2 !== 0 || stored !== storedBytes)
    throw new ImageFault('the map of a sparse file is wrong')
}
