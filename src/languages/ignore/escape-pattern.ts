import {cleanGoPath} from '../text/clean-path.js'
import {trimGoSpace} from '../text/go-space.js'

/** Any of these makes Docker read the pattern as an expression; without one it is compared as plain text. */
const MAKES_EXPRESSION = /[\\*?[\]]/

/** All that means something in an expression and can be escaped. `.`, `+`, `(`, `)` and `$` are literal there. */
const SPECIAL = /[\\*?[\]^|{}]/g

/** Docker refuses a pattern with a control character; a lone surrogate stands for bytes that are not UTF-8. */
const UNWRITABLE = /[\u0000-\u001f\u007f]|\p{Surrogate}/u

/** Docker fails on a line of 64 KiB. */
const MAX_LINE_BYTES = 65_535

/**
 * Writes the pattern that matches one literal path of the context and what lies below it, nothing else.
 * A white-space character at either end is put in brackets, since the reader trims the line.
 *
 * @param path relative to the context, `/`-separated
 * @returns null for a path that no line can name: the root, an unclean or outside path, one with control characters
 */
export function escapePattern(path: string): string | null {
  if (!isCleanContextPath(path) || UNWRITABLE.test(path)) return null
  const characters = [...path]
  const first = characters[0]!
  const last = characters.at(-1)!
  const isPlain = !MAKES_EXPRESSION.test(path) && !/[#!]/.test(first) && !isTrimmed(first) && !isTrimmed(last)
  if (isPlain) return fitsLine(path)

  const escaped = characters.map((character) => character.replace(SPECIAL, '\\$&'))
  if (isTrimmed(last)) escaped[escaped.length - 1] = `[${last}]`
  if (isTrimmed(first)) escaped[0] = `[${first}]`
  else if (/[#!]/.test(first)) escaped[0] = `\\${first}`
  return fitsLine(escaped.join(''))
}

function isCleanContextPath(path: string): boolean {
  const isOutside = path === '.' || path.startsWith('/') || path.split('/')[0] === '..'
  return path !== '' && !isOutside && cleanGoPath(path) === path
}

/** White space is trimmed from a line, and a byte-order mark is swallowed at the start of a pattern. */
function isTrimmed(character: string): boolean {
  return character === '\uFEFF' || trimGoSpace(character) === ''
}

function fitsLine(pattern: string): string | null {
  return Buffer.byteLength(pattern) > MAX_LINE_BYTES ? null : pattern
}
