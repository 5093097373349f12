/**
 * An ignore file as lines that can be put together again byte for byte: its byte-order mark, each line's own
 * ending and bytes that are not UTF-8 stay. Meaning comes from `ignore`; this only cuts.
 */
import {IgnoreFileError} from '../../../errors.js'
import {type IgnorePattern, parseIgnoreFile} from '../parse-ignore-file.js'

export type LineEnding = '\n' | '\r\n'

/** One line of the file. */
export interface FileLine {
  /** Without its ending; one character per byte, so that any content survives. */
  readonly bytes: string
  /** Empty for a last line that has none. */
  readonly ending: LineEnding | ''
  /** What Docker reads here; null for a comment, a blank line, and a line that fails the build. */
  readonly pattern: IgnorePattern | null
}

export interface FileLines {
  /** One character per byte; empty where the file has none. */
  readonly byteOrderMark: string
  readonly lines: readonly FileLine[]
}

const BYTE_ORDER_MARK = '\xef\xbb\xbf'

/** Cuts a file into lines. A lone CR ends no line, as for Docker. */
export function splitFile(content: Uint8Array): FileLines {
  const bytes = Buffer.from(content).toString('latin1')
  const byteOrderMark = bytes.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : ''
  const lines = bytes
    .slice(byteOrderMark.length)
    .split(/(?<=\n)/)
    .filter((line) => line !== '')
    .map(splitEnding)
  return {byteOrderMark, lines}
}

/** Puts a file together again: `joinFile(splitFile(content))` equals `content`. */
export function joinFile({byteOrderMark, lines}: FileLines): Uint8Array {
  const bytes = byteOrderMark + lines.map((line) => line.bytes + line.ending).join('')
  return new Uint8Array(Buffer.from(bytes, 'latin1'))
}

/** Makes a line of text. */
export function createLine(text: string, ending: LineEnding): FileLine {
  const bytes = Buffer.from(text).toString('latin1')
  return {bytes, ending, pattern: readPattern(bytes)}
}

/** Finds the ending that most lines have; LF on a tie and for an empty file. */
export function findDominantEnding(lines: readonly FileLine[]): LineEnding {
  const count = (ending: LineEnding) => lines.filter((line) => line.ending === ending).length
  return count('\r\n') > count('\n') ? '\r\n' : '\n'
}

/** Tells whether Docker skips the line as a comment: its very first character is `#`. */
export function isComment(line: FileLine | undefined): boolean {
  return line?.bytes.startsWith('#') ?? false
}

function splitEnding(line: string): FileLine {
  const ending = line.endsWith('\r\n') ? '\r\n' : line.endsWith('\n') ? '\n' : ''
  const bytes = line.slice(0, line.length - ending.length)
  return {bytes, ending, pattern: readPattern(bytes)}
}

function readPattern(bytes: string): IgnorePattern | null {
  try {
    // The empty line in front keeps U+FEFF from being taken for the mark of a file's first line.
    return parseIgnoreFile(Buffer.from(`\n${bytes}`, 'latin1')).patterns[0] ?? null
  } catch (error) {
    if (error instanceof IgnoreFileError) return null
    throw error
  }
}
