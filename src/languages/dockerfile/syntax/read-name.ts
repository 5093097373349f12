import type {TextCursor} from '../../text/text-cursor.js'

const SPECIAL_PARAMETER = /[@*#?\-$!]/
const LETTER = /[\p{L}\p{Nd}_]/u
const DIGIT = /\p{Nd}/u

/** Reads a variable's name; a number or one special parameter counts as one, and it may be empty. */
export function readName(cursor: TextCursor): string {
  const start = cursor.position
  const first = cursor.peek()
  if (SPECIAL_PARAMETER.test(first)) return cursor.take()
  cursor.skipWhile(DIGIT.test(first) ? DIGIT : LETTER)
  return cursor.since(start)
}
