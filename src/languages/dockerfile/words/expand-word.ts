import {isGoSpace} from '../../text/go-space.js'
import {quote} from '../../text/quote.js'
import type {Range} from '../../text/range.js'
import {
  type PatternToken,
  parseShellPattern,
  replaceAll,
  replaceFirst,
  trimPrefix,
  trimSuffix,
} from './shell-pattern.js'
import {TextCursor} from './text-cursor.js'
import type {WordMode, WordScope} from './word-scope.js'

/** How much longer than it is written a word may become. */
const MAX_GROWTH = 1024 * 1024
const MAX_DEPTH = 1000

const SPECIAL_PARAMETER = /[@*#?\-$!]/
const LETTER = /[\p{L}\p{Nd}_]/u
const DIGIT = /\p{Nd}/u

/** What a word is read for; a byte-order mark at its start is dropped. */
const SPECIAL = /[$'"\ufeff]/

/** Expands the variables of a word and resolves its quotes and escapes; white space stays. */
export function expandWord(word: string, scope: WordScope, mode: WordMode = {}): string {
  if (!SPECIAL.test(word) && !word.includes(scope.escapeCharacter)) return word
  return new WordReader(word, scope, mode, false).read()
}

/** A word that a text expands to. */
export interface ExpandedWord {
  word: string
  /** What it was made from; words that one variable holds share its range. */
  range: Range
}

/** Does the same and cuts the outcome at white space that stands outside quotes. */
export function expandWords(text: string, scope: WordScope, mode: WordMode = {}): ExpandedWord[] {
  const reader = new WordReader(text, scope, mode, true)
  reader.read()
  return reader.words()
}

/** Reads one word from left to right; tested against BuildKit's answers in test/conformance/dockerfile.jsonl. */
class WordReader {
  readonly #cursor: TextCursor
  #depth = 0
  #keepsEscapes: boolean
  readonly #words: ExpandedWord[] = []
  #word = ''
  #wordStart = 0
  #wordEnd = 0
  /** How much of the text is not read. */
  readonly #skipped: number

  constructor(
    text: string,
    private readonly scope: WordScope,
    private readonly mode: WordMode,
    private readonly wantsWords: boolean,
  ) {
    this.#skipped = text.startsWith('\ufeff') ? 1 : 0
    this.#cursor = new TextCursor(text.slice(this.#skipped))
    this.#keepsEscapes = mode.keepsEscapes ?? false
  }

  read(): string {
    return this.#readUntil('', this.#keepsEscapes)
  }

  /** The words read so far; empty ones do not count. */
  words(): ExpandedWord[] {
    this.#endWord()
    return this.#words
  }

  /** Reads up to a closing character and past it, or to the end if there is none to wait for. */
  #readUntil(closer: string, keepsEscapes: boolean): string {
    if (++this.#depth > MAX_DEPTH) this.scope.fail('variables are nested too deeply')
    const keptBefore = this.#keepsEscapes
    this.#keepsEscapes = keepsEscapes
    let result = ''
    for (;;) {
      const character = this.#cursor.peek()
      if (character === '') {
        if (closer !== '') this.#failUnclosed(closer)
        break
      }
      if (character === closer) {
        this.#cursor.take()
        break
      }
      result += this.#readPiece(character)
      this.#checkGrowth(result)
    }
    this.#keepsEscapes = keptBefore
    this.#depth--
    this.scope.budget.spend(result.length, this.scope.fail)
    return result
  }

  #readPiece(character: string): string {
    const start = this.#cursor.position
    if (character === '$') {
      const value = this.#readDollar()
      if (this.#splits()) for (const part of value) this.#addToWords(part, start)
      return value
    }
    const piece = this.#readPlainPiece(character)
    if (this.#splits() && piece.isPlain) this.#addToWords(piece.text, start)
    else if (this.#splits()) this.#addToWord(piece.text, start)
    return piece.text
  }

  #readPlainPiece(character: string): {text: string; isPlain: boolean} {
    if (character === '<') return {text: this.#readHeredocMark(), isPlain: false}
    if (!this.mode.ignoresQuotes && character === "'") return {text: this.#readSingleQuotes(), isPlain: false}
    if (!this.mode.ignoresQuotes && character === '"') return {text: this.#readDoubleQuotes(), isPlain: false}
    this.#cursor.take()
    if (character !== this.scope.escapeCharacter) return {text: character, isPlain: true}
    return {text: (this.#keepsEscapes ? character : '') + this.#cursor.take(), isPlain: false}
  }

  /** Only what stands outside braces is cut into words. */
  #splits(): boolean {
    return this.wantsWords && this.#depth === 1
  }

  #addToWords(character: string, start: number): void {
    if (isGoSpace(character)) this.#endWord()
    else this.#addToWord(character, start)
  }

  #addToWord(text: string, start: number): void {
    if (this.#word === '') this.#wordStart = start
    this.#word += text
    this.#wordEnd = this.#cursor.position
  }

  #endWord(): void {
    if (this.#word === '') return
    const range = {start: this.#wordStart + this.#skipped, end: this.#wordEnd + this.#skipped}
    this.#words.push({word: this.#word, range})
    this.#word = ''
  }

  #readSingleQuotes(): string {
    const {text, position: start} = this.#cursor
    const end = text.indexOf("'", start + 1)
    if (end < 0) this.#failUnclosed("'")
    this.#cursor.position = end + 1
    return this.mode.keepsQuotes ? text.slice(start, end + 1) : text.slice(start + 1, end)
  }

  #readDoubleQuotes(): string {
    const mark = this.#cursor.take()
    const kept = this.mode.keepsQuotes ? mark : ''
    let result = kept
    for (;;) {
      const character = this.#cursor.peek()
      if (character === '') this.#failUnclosed('"')
      if (character === mark) {
        this.#cursor.take()
        return result + kept
      }
      result += character === '$' ? this.#readDollar() : this.#readDoubleQuotedCharacter()
      this.#checkGrowth(result)
    }
  }

  /** Inside double quotes an escape character protects a quote, a dollar and itself; else it stays. */
  #readDoubleQuotedCharacter(): string {
    const character = this.#cursor.take()
    if (character !== this.scope.escapeCharacter) return character
    const kept = this.#keepsEscapes ? character : ''
    const next = this.#cursor.peek()
    if (next === '') return kept
    return kept + (next === '"' || next === '$' || next === character ? this.#cursor.take() : character)
  }

  /** White space between `<<` and its word does not end the word. */
  #readHeredocMark(): string {
    const start = this.#cursor.position
    this.#cursor.take()
    if (this.#cursor.peek() !== '<') return '<'
    this.#cursor.take()
    this.#cursor.skipWhile(/[\t\r ]/)
    return this.#cursor.since(start)
  }

  #readDollar(): string {
    const start = this.#cursor.position
    this.#cursor.take()
    if (this.#cursor.peek() !== '{') {
      const name = readName(this.#cursor)
      if (name === '') return '$'
      return this.scope.lookUp(name) ?? (this.mode.keepsUnset ? `$${name}` : '')
    }
    this.#cursor.take()
    if (this.#cursor.peek() === '') this.#failUnclosed('}')
    if (/[{}:]/.test(this.#cursor.peek()))
      this.scope.fail(`bad substitution in ${quote(this.#cursor.text)}: a name must follow "\${"`)
    const name = readName(this.#cursor)
    const value = this.#substitute(name)
    const isKept = this.mode.keepsUnset && this.scope.lookUp(name) === undefined
    return isKept ? this.#cursor.since(start) : value
  }

  /** Reads what follows the name in `${name…}` and applies it. */
  #substitute(name: string): string {
    const value = this.scope.lookUp(name)
    const operator = this.#cursor.take()
    if (operator === '}') return value ?? ''
    if (operator === '') this.#failUnclosed('}')
    if (operator === '/') return this.#replace(value ?? '')
    if (operator === '#' || operator === '%') return this.#trim(operator, value ?? '')
    if (operator !== ':') return this.#choose(name, value, operator)
    return this.#choose(name, value, `:${this.#cursor.take()}`)
  }

  /** @param operator with a colon an empty value is as good as none */
  #choose(name: string, value: string | undefined, operator: string): string {
    const modifier = operator.slice(-1)
    const isMissing = value === undefined || (value === '' && operator.length > 1)
    if (!/^:?[-+?]$/.test(operator)) {
      this.scope.fail(`unsupported modifier "${operator}" in ${quote(this.#cursor.text)}`)
    }
    const word = this.#readUntil('}', false)
    if (modifier === '+') return isMissing ? '' : word
    if (!isMissing) return value ?? ''
    if (modifier === '-' || this.mode.keepsUnset) return word
    const reason = value === undefined ? 'is not allowed to be unset' : 'is not allowed to be empty'
    return this.scope.fail(`${name}: ${word || reason}`)
  }

  #trim(operator: '#' | '%', value: string): string {
    const word = this.#readUntil('}', true)
    const isLongest = word.startsWith(operator)
    const pattern = this.#parsePattern(isLongest ? word.slice(1) : word, value)
    return operator === '#' ? trimPrefix(value, pattern, isLongest) : trimSuffix(value, pattern, isLongest)
  }

  #replace(value: string): string {
    const isForAll = this.#cursor.peek() === '/'
    if (isForAll) this.#cursor.take()
    const word = this.#readUntil('/', true)
    const replacement = this.#readUntil('}', true)
    const pattern = this.#parsePattern(word, value)
    if (!isForAll) return replaceFirst(value, pattern, replacement)
    this.scope.budget.spend(value.length * (replacement.length + 1), this.scope.fail)
    return replaceAll(value, pattern, replacement)
  }

  #parsePattern(word: string, value: string): PatternToken[] {
    // Without a value BuildKit keeps the substitution as written and never looks at its pattern.
    if (this.mode.keepsUnset) return []
    this.scope.budget.spend(word.length * value.length, this.scope.fail)
    return parseShellPattern(word, this.scope.fail)
  }

  #checkGrowth(result: string): void {
    if (result.length > this.#cursor.text.length + MAX_GROWTH) {
      this.scope.fail(`${quote(this.#cursor.text)} expands to more than 1 MiB`)
    }
  }

  #failUnclosed(closer: string): never {
    return this.scope.fail(
      `missing ${closer === '"' ? "'\"'" : `"${closer}"`} in ${quote(this.#cursor.text)}`,
    )
  }
}

/** Reads a variable's name; a number or one special parameter counts as one, and it may be empty. */
export function readName(cursor: TextCursor): string {
  const start = cursor.position
  const first = cursor.peek()
  if (SPECIAL_PARAMETER.test(first)) return cursor.take()
  cursor.skipWhile(DIGIT.test(first) ? DIGIT : LETTER)
  return cursor.since(start)
}
