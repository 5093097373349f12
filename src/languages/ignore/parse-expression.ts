/**
 * Parses the part of Go's regular expressions (RE2) that a pattern can turn into: literals, escapes, classes,
 * `.`, `^`, `$`, `|`, `X*` and `X{2,3}` of one atom and the group `(.*\/)?`. Everything else arrives escaped.
 */
import {type CharacterSet, createEscapedSet, createPosixSet} from './character-set.js'

export type ExpressionNode =
  | {readonly type: 'characters'; readonly set: CharacterSet; readonly times: Times}
  | {readonly type: 'assertion'; readonly kind: AssertionKind}
  | {readonly type: 'any-depth'}

/** How often a character of a set may stand in a row. */
type Times = 'once' | 'optional' | 'any'

export type AssertionKind = 'start' | 'end' | 'word-boundary' | 'no-word-boundary'

/** Says why an expression does not compile. */
export class ExpressionProblem extends Error {}

const ANY_DEPTH = '(.*/)?'
const MAX_PROPERTY_LENGTH = 64
const MAX_REPEAT = 1_000
/** About where Go calls an expression too large. */
const MAX_NODES = 1_000_000
const ASSERTIONS: Record<string, AssertionKind> = {
  A: 'start',
  z: 'end',
  b: 'word-boundary',
  B: 'no-word-boundary',
}
const CONTROL_ESCAPES: Record<string, number> = {a: 7, f: 12, n: 10, r: 13, t: 9, v: 11}

/** Parses an expression source into its alternatives. @throws ExpressionProblem where Go's `regexp.Compile` fails */
export function parseExpression(source: string): ExpressionNode[][] {
  return new Parser(source).parse()
}

class Parser {
  private readonly characters: string[]
  private at = 0
  private readonly alternatives: ExpressionNode[][] = []
  private nodes: ExpressionNode[] = []
  /** Where the last `:]` stands: no search for one goes on behind it, which keeps parsing linear. */
  private readonly lastPosixEnd: number
  private wasRepeatedAt = -1

  constructor(source: string) {
    this.characters = [...source]
    this.lastPosixEnd = this.characters.findLastIndex(
      (character, at) => character === ':' && this.characters[at + 1] === ']',
    )
  }

  parse(): ExpressionNode[][] {
    while (this.at < this.characters.length) {
      this.parseNext()
      if (this.nodes.length > MAX_NODES) throw new ExpressionProblem('it is too large')
    }
    return [...this.alternatives, this.nodes]
  }

  private parseNext(): void {
    const character = this.characters[this.at]!
    if (character === '\\') this.parseEscape()
    else if (character === '[') this.pushSet(this.parseClass())
    else if (character === '(') this.parseAnyDepth()
    else if (character === '*') throw new ExpressionProblem('a star repeats nothing')
    else if (this.readCounts() !== null) this.repeatLast()
    else {
      this.at++
      if (character === '|') this.endAlternative()
      else if (character === '^') this.nodes.push({type: 'assertion', kind: 'start'})
      else if (character === '$') this.nodes.push({type: 'assertion', kind: 'end'})
      else if (character === '.') this.pushSet({ranges: [0x0a, 0x0a], tests: [], isNegated: true})
      else this.pushSet(singleCharacter(character.codePointAt(0)!))
    }
  }

  private endAlternative(): void {
    this.alternatives.push(this.nodes)
    this.nodes = []
  }

  private parseAnyDepth(): void {
    this.at += ANY_DEPTH.length
    this.nodes.push({type: 'any-depth'})
  }

  /** Adds an atom, with the star that may follow it. */
  private pushSet(set: CharacterSet): void {
    const isStarred = this.characters[this.at] === '*'
    if (isStarred) this.at++
    this.nodes.push({type: 'characters', set, times: isStarred ? 'any' : 'once'})
  }

  /** The counts of `{2}`, `{2,}` or `{2,3}` here; null where braces stand for themselves. */
  private readCounts(): {min: number; max: number; length: number} | null {
    if (this.characters[this.at] !== '{') return null
    const counts = /^\{(0|[1-9]\d*)(,(0|[1-9]\d*)?)?\}/.exec(
      this.characters.slice(this.at, this.at + 24).join(''),
    )
    if (counts === null) return null
    const min = Number(counts[1])
    const max = counts[2] === undefined ? min : Number(counts[3] ?? Number.POSITIVE_INFINITY)
    return {min, max, length: counts[0].length}
  }

  /** Repeats the last atom. Two repetitions in a row are an error to Go, so this one must not be repeated yet. */
  private repeatLast(): void {
    const {min, max, length} = this.readCounts()!
    const last = this.nodes.pop()
    if (last === undefined) throw new ExpressionProblem('braces repeat nothing')
    const isRepeated = last.type === 'any-depth' || (last.type === 'characters' && last.times !== 'once')
    if (isRepeated || this.wasRepeatedAt === this.at) throw new ExpressionProblem('it repeats a repetition')
    if (min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT) || min > max) {
      throw new ExpressionProblem('its repeat count is not valid')
    }
    this.at += length
    this.wasRepeatedAt = this.at
    if (last.type !== 'characters') {
      if (min > 0) this.nodes.push(last)
      return
    }
    for (let count = 0; count < min; count++) this.nodes.push(last)
    if (max === Number.POSITIVE_INFINITY) this.nodes.push({...last, times: 'any'})
    else for (let count = min; count < max; count++) this.nodes.push({...last, times: 'optional'})
  }

  private parseEscape(): void {
    const letter = this.characters[this.at + 1]
    if (letter !== undefined && Object.hasOwn(ASSERTIONS, letter)) {
      this.at += 2
      this.nodes.push({type: 'assertion', kind: ASSERTIONS[letter]!})
    } else if (letter === 'Q') {
      this.at += 2
      this.parseQuoted()
    } else {
      this.pushSet(this.parseEscapedSet() ?? singleCharacter(this.parseEscapedCharacter()))
    }
  }

  /** `\Q…\E` takes everything in between literally, or all the rest. */
  private parseQuoted(): void {
    while (this.at < this.characters.length) {
      if (this.characters[this.at] === '\\' && this.characters[this.at + 1] === 'E') {
        this.at += 2
        return
      }
      const code = this.characters[this.at++]!.codePointAt(0)!
      this.nodes.push({type: 'characters', set: singleCharacter(code), times: 'once'})
    }
  }

  /** `\d`, `\S`, `\pL`, `\p{Greek}` …; null where the escape stands for one character. */
  private parseEscapedSet(): CharacterSet | null {
    const letter = this.characters[this.at + 1] ?? ''
    const isProperty = letter === 'p' || letter === 'P'
    const name = isProperty ? letter + this.readPropertyName() : letter
    const set = createEscapedSet(name)
    if (set === null && isProperty) throw new ExpressionProblem(`"\\${name}" is not a character class`)
    if (set !== null) this.at += 1 + [...name].length
    return set
  }

  /** `L` or `{Greek}`. */
  private readPropertyName(): string {
    const start = this.at + 2
    if (this.characters[start] !== '{') return this.characters[start] ?? ''
    const name = this.characters.slice(start, start + MAX_PROPERTY_LENGTH).join('')
    return /^\{[^}]*\}/.exec(name)?.[0] ?? ''
  }

  private parseEscapedCharacter(): number {
    const letter = this.characters[this.at + 1]
    if (letter === undefined) throw new ExpressionProblem('it ends with a backslash that escapes nothing')
    this.at += 2
    const octal = /^(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(
      this.characters.slice(this.at - 1, this.at + 2).join(''),
    )
    if (octal) {
      this.at += octal[0].length - 1
      return Number.parseInt(octal[0], 8)
    }
    if (letter === 'x' && this.characters[this.at] === '{') return this.parseBracedCode()
    if (letter === 'x') {
      const digits = this.characters.slice(this.at, this.at + 2).join('')
      if (!/^[0-9A-Fa-f]{2}$/.test(digits)) throw new ExpressionProblem('"\\x" needs two hexadecimal digits')
      this.at += 2
      return Number.parseInt(digits, 16)
    }
    const control = Object.hasOwn(CONTROL_ESCAPES, letter) ? CONTROL_ESCAPES[letter] : undefined
    if (control !== undefined) return control
    if (/^[\0-\x7f]$/.test(letter) && !/[0-9A-Za-z]/.test(letter)) return letter.codePointAt(0)!
    throw new ExpressionProblem(`Docker has no escape "\\${letter}"`)
  }

  /** `\x{10FFFF}`. */
  private parseBracedCode(): number {
    const digits = /^\{([0-9A-Fa-f]+)\}/.exec(
      this.characters.slice(this.at, this.at + MAX_PROPERTY_LENGTH).join(''),
    )
    const code = Number.parseInt(digits?.[1] ?? '', 16)
    if (digits === null || code > 0x10ffff)
      throw new ExpressionProblem('"\\x{…}" needs the number of a character')
    this.at += digits[0].length
    return code
  }

  private parseClass(): CharacterSet {
    this.at++
    const isNegated = this.characters[this.at] === '^'
    if (isNegated) this.at++
    const ranges: number[] = []
    const tests: ((code: number) => boolean)[] = []
    for (let isFirst = true; isFirst || this.characters[this.at] !== ']'; isFirst = false) {
      const set = this.parsePosixSet() ?? (this.characters[this.at] === '\\' ? this.parseEscapedSet() : null)
      if (set !== null) tests.push((code) => hasCharacter(set, code))
      else ranges.push(...this.parseRange())
    }
    this.at++
    return {ranges, tests, isNegated}
  }

  private parsePosixSet(): CharacterSet | null {
    if (this.characters[this.at] !== '[' || this.characters[this.at + 1] !== ':') return null
    let end = this.at + 2
    if (end > this.lastPosixEnd) return null
    while (this.characters[end] !== ':' || this.characters[end + 1] !== ']') end++
    const name = this.characters.slice(this.at + 2, end).join('')
    const set = createPosixSet(name)
    if (set === null) throw new ExpressionProblem(`"[:${name}:]" is not a character class`)
    this.at = end + 2
    return set
  }

  private parseRange(): [number, number] {
    const low = this.parseClassCharacter()
    if (this.characters[this.at] !== '-' || [']', undefined].includes(this.characters[this.at + 1]))
      return [low, low]
    this.at++
    const high = this.parseClassCharacter()
    if (high < low) throw new ExpressionProblem('a range in brackets runs backwards')
    return [low, high]
  }

  private parseClassCharacter(): number {
    const character = this.characters[this.at]
    if (character === undefined) throw new ExpressionProblem('the bracket is never closed')
    if (character === '\\') return this.parseEscapedCharacter()
    this.at++
    return character.codePointAt(0)!
  }
}

/** Tells whether a set holds a code point. */
export function hasCharacter({ranges, tests, isNegated}: CharacterSet, code: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (ranges[index]! <= code && code <= ranges[index + 1]!) return !isNegated
  }
  for (const test of tests) if (test(code)) return !isNegated
  return isNegated
}

function singleCharacter(code: number): CharacterSet {
  return {ranges: [code, code], tests: [], isNegated: false}
}

/** The plain text that every match must end in: a cheap test before the automaton runs. Empty where there is none. */
export function findRequiredEnding(alternatives: readonly ExpressionNode[][]): string {
  const [nodes, ...others] = alternatives
  if (nodes === undefined || others.length > 0 || !isAssertion(nodes.at(-1), 'end')) return ''
  return readPlainText(nodes.slice(0, -1).reverse()).reverse().join('')
}

/** The plain text that every match must begin with. Empty where there is none. */
export function findRequiredBeginning(alternatives: readonly ExpressionNode[][]): string {
  const [nodes, ...others] = alternatives
  if (nodes === undefined || others.length > 0 || !isAssertion(nodes[0], 'start')) return ''
  return readPlainText(nodes.slice(1)).join('')
}

/** The characters up to the first node that may stand for more than one, or for none. */
function readPlainText(nodes: readonly ExpressionNode[]): string[] {
  const characters: string[] = []
  for (const node of nodes) {
    if (node.type !== 'characters' || node.times !== 'once') break
    const {ranges, tests, isNegated} = node.set
    if (isNegated || tests.length > 0 || ranges.length !== 2 || ranges[0] !== ranges[1]) break
    characters.push(String.fromCodePoint(ranges[0]!))
  }
  return characters
}

/** Tells whether a node is this assertion. */
export function isAssertion(node: ExpressionNode | undefined, kind: AssertionKind): boolean {
  return node?.type === 'assertion' && node.kind === kind
}
