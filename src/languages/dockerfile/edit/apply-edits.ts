import {DockerfileError, SlimCheckError} from '../../../errors.js'
import {LineIndex} from '../../text/line-index.js'
import type {Range} from '../../text/range.js'
import {BYTE_ORDER_MARK, decodeText} from '../syntax/source-lines.js'

/** Puts a text in the place of what stands at a range; an empty range puts it in between. */
export interface TextEdit {
  range: Range
  text: string
}

/**
 * Applies edits at once: every range is of the text as it was, and what lies outside of all of them stays. Edits may
 * touch: what is put in between stands before what takes the place of the text behind it, and several texts put in
 * at one place keep their order.
 * @throws SlimCheckError `internal` for ranges that overlap, leave the text or cut a character in two
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = []
  let end = 0
  for (const edit of sortEdits(text, edits)) {
    parts.push(text.slice(end, edit.range.start), edit.text)
    end = edit.range.end
  }
  return parts.join('') + text.slice(end)
}

/**
 * Does the same to the bytes of a Dockerfile, the ranges being those of its text: the byte-order mark and bytes that
 * are not UTF-8 stay as they are.
 * @throws DockerfileError for an edit that begins or ends in a line that is not UTF-8
 */
export function editBytes(content: Uint8Array, edits: readonly TextEdit[]): Uint8Array {
  const text = decodeText(content)
  const byteAt = createByteFinder(content, text)
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  let end = 0
  for (const edit of sortEdits(text, edits)) {
    parts.push(content.subarray(end, byteAt(edit.range.start)), encoder.encode(edit.text))
    end = byteAt(edit.range.end)
  }
  return new Uint8Array(Buffer.concat([...parts, content.subarray(end)]))
}

/** Tells whether two edits change the same text, so that only one can be applied. */
export function editsOverlap(one: TextEdit, other: TextEdit): boolean {
  return one.range.start < other.range.end && other.range.start < one.range.end
}

function sortEdits(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits.toSorted(
    (one, other) => one.range.start - other.range.start || one.range.end - other.range.end,
  )
  let end = 0
  for (const {range} of sorted) {
    if (range.start < end) refuse(range, 'overlaps another')
    if (range.end < range.start || range.end > text.length) refuse(range, 'is not in the text')
    if (cutsCharacter(text, range.start) || cutsCharacter(text, range.end)) refuse(range, 'cuts a character')
    end = range.end
  }
  return sorted
}

function refuse({start, end}: Range, reason: string): never {
  throw new SlimCheckError('internal', {reason: `the edit from ${start} to ${end} ${reason}`})
}

function cutsCharacter(text: string, offset: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(offset - 1, 0), offset + 1))
}

/** Finds the byte where an offset of the text stands. A line feed is one byte and one code unit in any file. */
function createByteFinder(content: Uint8Array, text: string): (offset: number) => number {
  const lines = new LineIndex(text)
  const lineStarts = findLineStarts(content)
  return (offset) => {
    const line = lines.lineAt(offset)
    const start = lineStarts[line - 1]!
    const bytes = content.subarray(start, lineStarts[line])
    const written = decodeLine(bytes, line)
    const mark = line === 1 && written.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : ''
    const before = written.slice(0, mark.length + lines.columnAt(offset) - 1)
    return start + Buffer.byteLength(before)
  }
}

function findLineStarts(content: Uint8Array): number[] {
  const starts = [0]
  for (let at = content.indexOf(0x0a); at >= 0; at = content.indexOf(0x0a, at + 1)) starts.push(at + 1)
  return starts
}

function decodeLine(bytes: Uint8Array, line: number): string {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    throw new DockerfileError('the line is not UTF-8: it cannot be edited', line)
  }
}
