import {isGoSpace} from '../../text/go-space.js'

const BLANKS = /[\t\v\f\r ]+/

/** Cuts at runs of blanks, as FROM, COPY, ADD, VOLUME and EXPOSE are read: quotes mean nothing. */
export function splitAtBlanks(text: string): string[] {
  return text === '' ? [] : text.split(BLANKS)
}

/** Cuts at the first run of blanks; the rest is null where there is none. */
export function cutAtBlank(text: string): [first: string, rest: string | null] {
  const match = BLANKS.exec(text)
  return match ? [text.slice(0, match.index), text.slice(match.index + match[0].length)] : [text, null]
}

/** Cuts into words as ENV, LABEL and ARG are read: quotes hold a word together and stay in it. */
export function splitQuotedWords(text: string, escapeCharacter: string): string[] {
  const words: string[] = []
  let position = 0
  while (position < text.length) {
    if (isGoSpace(text.charAt(position))) {
      position++
      continue
    }
    const end = findWordEnd(text, position, escapeCharacter)
    words.push(dropFinalEscape(text.slice(position, end), end === text.length, escapeCharacter))
    position = end
  }
  return words.filter((word) => word !== '')
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
