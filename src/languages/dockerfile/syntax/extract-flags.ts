import {isGoSpace} from '../../text/go-space.js'
import type {Locator, Range} from '../../text/range.js'
import type {Flag} from './instruction.js'

/** What `--name=value --other` before an instruction's arguments came to. */
export interface ExtractedFlags {
  /** In order, quotes and escapes resolved. */
  flags: Flag[]
  /** The end of the text. */
  rest: string
}

/**
 * Takes the leading `--` words off an instruction's arguments; a lone `--` ends them.
 * BuildKit reads flags byte by byte, so a flag beyond ASCII comes out garbled (`é` as `Ã©`): so it does here.
 */
export function extractFlags(text: string, escapeCharacter: string, locate: Locator): ExtractedFlags {
  if (!text.trimStart().startsWith('--')) return {flags: [], rest: text}
  const bytes = toByteString(text)
  const unitsBefore = createUnitCounter(bytes)
  const flags: Flag[] = []
  let position = 0
  for (;;) {
    while (position < bytes.length && isGoSpace(bytes.charAt(position))) position++
    if (!bytes.startsWith('--', position)) return {flags, rest: fromByteString(bytes.slice(position))}
    const {word, end} = readFlag(bytes, position, escapeCharacter)
    if (word === '--') return {flags, rest: fromByteString(bytes.slice(end))}
    flags.push(makeFlag(word, locate(unitsBefore(position), unitsBefore(end))))
    position = end
  }
}

function makeFlag(word: string, range: Range): Flag {
  const equals = word.indexOf('=')
  if (equals < 0) return {name: word.slice(2), value: null, range}
  return {name: word.slice(2, equals), value: word.slice(equals + 1), range}
}

function readFlag(text: string, start: number, escapeCharacter: string): {word: string; end: number} {
  let word = ''
  let quote = ''
  let position = start
  for (; position < text.length; position++) {
    const character = text.charAt(position)
    if (quote === '' && isGoSpace(character)) break
    if (quote !== '' && character === quote) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (character === escapeCharacter) word += text.charAt(++position)
    else word += character
  }
  return {word, end: Math.min(position, text.length)}
}

/** One character for each byte of UTF-8. */
function toByteString(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text
  const parts: string[] = []
  for (const byte of new TextEncoder().encode(text)) parts.push(String.fromCharCode(byte))
  return parts.join('')
}

function fromByteString(bytes: string): string {
  if (!/[^\0-\x7f]/.test(bytes)) return bytes
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
}

/** Counts the UTF-16 code units that bytes stand for, going forward only; a character that is cut counts whole. */
function createUnitCounter(bytes: string): (position: number) => number {
  let counted = 0
  let units = 0
  return (position) => {
    for (; counted < position; counted++) {
      const byte = bytes.charCodeAt(counted)
      const isFirstOfCharacter = (byte & 0xc0) !== 0x80
      if (isFirstOfCharacter) units += byte >= 0xf0 ? 2 : 1
    }
    return units
  }
}
