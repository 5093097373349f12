import type {Fail} from './fail.js'
import {isGoSpace} from './go-space.js'
import {quote} from './quote.js'
import {
  type PatternToken,
  parseShellPattern,
  replaceAll,
  replaceFirst,
  trimPrefix,
  trimSuffix,
} from './shell-pattern.js'
import type {WorkBudget} from './work-budget.js'

/** What a word is expanded with. */
export interface WordScope {
  escapeCharacter: string
  lookUp: (name: string) => string | undefined
  fail: Fail
  budget: WorkBudget
}

/** How a word is read where it is not simply expanded. */
export interface WordMode {
  /** Keeps the quotes. */
  keepsQuotes?: boolean
  /** Keeps the escape characters. */
  keepsEscapes?: boolean
  /** Leaves a variable that is not set as it is written. */
  keepsUnset?: boolean
  /** Takes quotes for plain characters. */
  ignoresQuotes?: boolean
}

/** How much longer than it is written a word may become. */
const MAX_GROWTH = 1024 * 1024
const MAX_DEPTH = 1000

/** What a word is read for; a byte-order mark at its start is dropped. */
const SPECIAL = /[$'"\ufeff]/
const SPECIAL_PARAMETER = /[@*#?\-$!]/
const LETTER = /[\p{L}\p{Nd}_]/u
const DIGIT = /\p{Nd}/u

/** Expands the variables of a word and resolves its quotes and escapes; white space stays. */
export function expandWord(word: string, scope: WordScope, mode: WordMode = {}): string {
  if (!SPECIAL.test(word) && !word.includes(scope.escapeCharacter)) return word
  return new WordReader(word, scope, mode, false).read()
}

/** Does the same and cuts the outcome at white space that stands outside quotes. */
export function expandWords(text: string, scope: WordScope, mode: WordMode = {}): string[] {
  const reader = new WordReader(text, scope, mode, true)
  reader.read()
  return reader.words()
}

/** Reads one word from left to right; tested against BuildKit's answers in test/conformance/dockerfile.jsonl. */
class WordReader {
  readonly #text: string
  #position = 0
  #depth = 0
  #keepsEscapes: boolean
  readonly #words: string[] = []
  #word = ''

  constructor(
    text: string,
    private readonly scope: WordScope,
    private readonly mode: WordMode,
    private readonly wantsWords: boolean,
  ) {
    this.#text = text.startsWith('\ufeff') ? text.slice(1) : text
    this.#keepsEscapes = mode.keepsEscapes ?? false
  }

  read(): string {
    return this.#readUntil('', this.#keepsEscapes)
  }

  /** The words read so far; empty ones do not count. */
  words(): string[] {
    return this.#word === '' ? this.#words : [...this.#words, this.#word]
  }

  /** Reads up to a closing character and past it, or to the end if there is none to wait for. */
  #readUntil(closer: string, keepsEscapes: boolean): string {
    if (++this.#depth > MAX_DEPTH) this.scope.fail('variables are nested too deeply')
    const keptBefore = this.#keepsEscapes
    this.#keepsEscapes = keepsEscapes
    let result = ''
    for (;;) {
      const character = this.#peek()
      if (character === '') {
        if (closer !== '') this.#failUnclosed(closer)
        break
      }
      if (character === closer) {
        this.#position += closer.length
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
    if (character === '$') {
      const value = this.#readDollar()
      if (this.#splits()) for (const part of value) this.#addToWords(part)
      return value
    }
    const piece = this.#readPlainPiece(character)
    if (this.#splits() && piece.isPlain) this.#addToWords(piece.text)
    else if (this.#splits()) this.#word += piece.text
    return piece.text
  }

  #readPlainPiece(character: string): {text: string; isPlain: boolean} {
    if (character === '<') return {text: this.#readHeredocMark(), isPlain: false}
    if (!this.mode.ignoresQuotes && character === "'") return {text: this.#readSingleQuotes(), isPlain: false}
    if (!this.mode.ignoresQuotes && character === '"') return {text: this.#readDoubleQuotes(), isPlain: false}
    this.#position += character.length
    if (character !== this.scope.escapeCharacter) return {text: character, isPlain: true}
    return {text: (this.#keepsEscapes ? character : '') + this.#take(), isPlain: false}
  }

  /** Only what stands outside braces is cut into words. */
  #splits(): boolean {
    return this.wantsWords && this.#depth === 1
  }

  #addToWords(character: string): void {
    if (!isGoSpace(character)) this.#word += character
    else if (this.#word !== '') {
      this.#words.push(this.#word)
      this.#word = ''
    }
  }

  #readSingleQuotes(): string {
    const end = this.#text.indexOf("'", this.#position + 1)
    if (end < 0) this.#failUnclosed("'")
    const quoted = this.#text.slice(this.#position, end + 1)
    this.#position = end + 1
    return this.mode.keepsQuotes ? quoted : quoted.slice(1, -1)
  }

  #readDoubleQuotes(): string {
    const quote = this.#take()
    let result = this.mode.keepsQuotes ? quote : ''
    for (;;) {
      const character = this.#peek()
      if (character === '') this.#failUnclosed('"')
      if (character === '"') return result + (this.mode.keepsQuotes ? this.#take() : this.#skip(1))
      result += character === '$' ? this.#readDollar() : this.#readDoubleQuotedCharacter()
      this.#checkGrowth(result)
    }
  }

  /** Inside double quotes an escape character protects a quote, a dollar and itself; else it stays. */
  #readDoubleQuotedCharacter(): string {
    const character = this.#take()
    if (character !== this.scope.escapeCharacter) return character
    const kept = this.#keepsEscapes ? character : ''
    const next = this.#peek()
    if (next === '') return kept
    return kept + (next === '"' || next === '$' || next === character ? this.#take() : character)
  }

  /** White space between `<<` and its word does not end the word. */
  #readHeredocMark(): string {
    const start = this.#position++
    if (this.#peek() !== '<') return '<'
    this.#position++
    while (/[\t\r ]/.test(this.#peek())) this.#position++
    return this.#text.slice(start, this.#position)
  }

  #readDollar(): string {
    this.#position++
    if (this.#peek() !== '{') {
      const name = this.#readName()
      if (name === '') return '$'
      return this.scope.lookUp(name) ?? (this.mode.keepsUnset ? `$${name}` : '')
    }
    const start = this.#position - 1
    this.#position++
    if (this.#peek() === '') this.#failUnclosed('}')
    if (/[{}:]/.test(this.#peek()))
      this.scope.fail(`bad substitution in ${quote(this.#text)}: a name must follow "\${"`)
    const name = this.#readName()
    const value = this.#substitute(name)
    const isKept = this.mode.keepsUnset && this.scope.lookUp(name) === undefined
    return isKept ? this.#text.slice(start, this.#position) : value
  }

  /** Reads what follows the name in `${name…}` and applies it. */
  #substitute(name: string): string {
    const value = this.scope.lookUp(name)
    const operator = this.#take()
    if (operator === '}') return value ?? ''
    if (operator === '') this.#failUnclosed('}')
    if (operator === '/') return this.#replace(value ?? '')
    if (operator === '#' || operator === '%') return this.#trim(operator, value ?? '')
    if (operator !== ':') return this.#choose(name, operator, operator, value, value === undefined)
    const modifier = this.#take()
    return this.#choose(name, modifier, `:${modifier}`, value, value === undefined || value === '')
  }

  #choose(
    name: string,
    modifier: string,
    operator: string,
    value: string | undefined,
    isMissing: boolean,
  ): string {
    if (!/^[-+?]$/.test(modifier)) {
      this.scope.fail(`unsupported modifier "${operator}" in ${quote(this.#text)}`)
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
    const isForAll = this.#peek() === '/'
    if (isForAll) this.#position++
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

  /** A variable's name; a number or one special parameter counts as one. */
  #readName(): string {
    const start = this.#position
    const first = this.#peek()
    if (SPECIAL_PARAMETER.test(first)) return this.#take()
    const member = DIGIT.test(first) ? DIGIT : LETTER
    while (member.test(this.#peek())) this.#position += this.#peek().length
    return this.#text.slice(start, this.#position)
  }

  /** The next character, whole even beyond the basic plane; empty at the end. */
  #peek(): string {
    const code = this.#text.codePointAt(this.#position)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  #take(): string {
    const character = this.#peek()
    this.#position += character.length
    return character
  }

  #skip(length: number): '' {
    this.#position += length
    return ''
  }

  #checkGrowth(result: string): void {
    if (result.length > this.#text.length + MAX_GROWTH) {
      this.scope.fail(`${quote(this.#text)} expands to more than 1 MiB`)
    }
  }

  #failUnclosed(closer: string): never {
    return this.scope.fail(`missing ${closer === '"' ? "'\"'" : `"${closer}"`} in ${quote(this.#text)}`)
  }
}
