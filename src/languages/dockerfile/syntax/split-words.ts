import {isGoSpace} from '../../text/go-space.js'
import {quote} from '../../text/quote.js'
import type {Locator, Range} from '../../text/range.js'
import type {Fail} from '../words/word-scope.js'

const BLANKS = /[\t\v\f\r ]+/

/** The words of a text and where each stands. */
export interface Words {
  args: readonly string[]
  argRanges: readonly Range[]
}

/** Cuts at runs of blanks, as FROM, COPY, ADD, VOLUME and EXPOSE are read: quotes mean nothing. */
export function splitAtBlanks(text: string, locate: Locator): Words {
  const args = text === '' ? [] : text.split(BLANKS)
  let end = 0
  const argRanges = args.map((word) => {
    const start = text.indexOf(word, end)
    end = start + word.length
    return locate(start, end)
  })
  return {args, argRanges}
}

/** Cuts at the first run of blanks; the rest is null where there is none. */
export function cutAtBlank(text: string): [first: string, rest: string | null] {
  const match = BLANKS.exec(text)
  return match ? [text.slice(0, match.index), text.slice(match.index + match[0].length)] : [text, null]
}

/** Cuts into words as ENV, LABEL and ARG are read: quotes hold a word together and stay in it. */
export function splitQuotedWords(text: string, escapeCharacter: string, locate: Locator): Words {
  const args: string[] = []
  const argRanges: Range[] = []
  let position = 0
  while (position < text.length) {
    if (isGoSpace(text.charAt(position))) {
      position++
      continue
    }
    const end = findWordEnd(text, position, escapeCharacter)
    const word = dropFinalEscape(text.slice(position, end), end === text.length, escapeCharacter)
    if (word !== '') {
      args.push(word)
      argRanges.push(locate(position, position + word.length))
    }
    position = end
  }
  return {args, argRanges}
}

/** Finds where the word that starts here ends: the first space outside quotes that is not escaped. */
function findWordEnd(text: string, start: number, escapeCharacter: string): number {
  let quote = ''
  for (let position = start; position < text.length; position++) {
    const character = text.charAt(position)
    if (character === escapeCharacter && quote !== "'") position++
    else if (quote !== '') quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (isGoSpace(character)) return position
  }
  return text.length
}

/** BuildKit skips an escape character that has nothing after it; a pair of them is an escaped one. */
function dropFinalEscape(word: string, isAtEnd: boolean, escapeCharacter: string): string {
  if (!isAtEnd || !word.endsWith(escapeCharacter)) return word
  let first = word.length
  while (first > 0 && word[first - 1] === escapeCharacter) first--
  return (word.length - first) % 2 === 1 ? word.slice(0, -1) : word
}

/** Cuts one line of comma-separated values; a quoted field may hold commas, and `""` for a quote. */
export function splitCsv(text: string, fail: Fail): string[] {
  const fields: string[] = []
  let position = 0
  for (;;) {
    const {field, end} =
      text[position] === '"' ? readQuoted(text, position, fail) : readPlain(text, position, fail)
    fields.push(field)
    if (end >= text.length) return fields
    position = end + 1
  }
}

function readPlain(text: string, start: number, fail: Fail): {field: string; end: number} {
  const comma = text.indexOf(',', start)
  const end = comma < 0 ? text.length : comma
  const field = text.slice(start, end)
  if (field.includes('"')) fail(`misplaced quote in ${quote(field)}`)
  return {field, end}
}

function readQuoted(text: string, start: number, fail: Fail): {field: string; end: number} {
  let field = ''
  let position = start + 1
  for (;;) {
    const mark = text.indexOf('"', position)
    if (mark < 0) return fail(`missing '"' in ${quote(text)}`)
    field += text.slice(position, mark)
    const next = text[mark + 1]
    if (next === undefined || next === ',') return {field, end: mark + 1}
    if (next !== '"') return fail(`misplaced quote in ${quote(text)}`)
    field += '"'
    position = mark + 2
  }
}
