import {quote} from '../../text/quote.js'
import type {Fail} from './word-scope.js'

/** A `*`, a `?`, or a character to be met as it is. */
export type PatternToken = {kind: 'star' | 'any'} | {kind: 'literal'; character: string}

const STAR: PatternToken = {kind: 'star'}
const ANY: PatternToken = {kind: 'any'}

/** Reads the pattern of `${x#pattern}` and its kin: `*` and `?` are special, `\` protects them and itself. */
export function parseShellPattern(pattern: string, fail: Fail): PatternToken[] {
  const tokens: PatternToken[] = []
  const characters = Array.from(pattern)
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? ''
    const next = characters[index + 1] ?? ''
    if (character === '*') tokens.push(STAR)
    else if (character === '?') tokens.push(ANY)
    else if (character !== '\\') tokens.push({kind: 'literal', character})
    else if (next === '*' || next === '?' || next === '\\') {
      tokens.push({kind: 'literal', character: next})
      index++
    } else if (next !== '}' && next !== '/') {
      // Those two are escaped for the sake of the substitution around the pattern, anything else is a mistake.
      fail(`bad pattern ${quote(pattern)}: "\\${next}" is not an escape`)
    }
  }
  return tokens
}

/** Drops the shortest or longest match at the start, as `${x#pattern}` and `${x##pattern}` do. */
export function trimPrefix(value: string, pattern: readonly PatternToken[], isLongest: boolean): string {
  const characters = Array.from(value)
  const end = findMatchEnds(characters, pattern, isLongest)[0] ?? -1
  return end < 0 ? value : characters.slice(end).join('')
}

/** Drops the shortest or longest match at the end, as `${x%pattern}` and `${x%%pattern}` do. */
export function trimSuffix(value: string, pattern: readonly PatternToken[], isLongest: boolean): string {
  const reversed = Array.from(value).reverse()
  const end = findMatchEnds(reversed, pattern.toReversed(), isLongest)[0] ?? -1
  return end < 0 ? value : reversed.slice(end).reverse().join('')
}

/** Replaces the leftmost, longest match, as `${x/pattern/replacement}` does. */
export function replaceFirst(value: string, pattern: readonly PatternToken[], replacement: string): string {
  const characters = Array.from(value)
  const ends = findMatchEnds(characters, pattern, true)
  const start = ends.findIndex((end) => end >= 0)
  if (start < 0) return value
  return characters.slice(0, start).join('') + replacement + characters.slice(ends[start]).join('')
}

/**
 * Replaces every match, as `${x//pattern/replacement}` does.
 * Here BuildKit, unlike for the first match only, reads `$0`, `$name` and `$$` in the replacement.
 */
export function replaceAll(value: string, pattern: readonly PatternToken[], replacement: string): string {
  const characters = Array.from(value)
  const ends = findMatchEnds(characters, pattern, true)
  const parts: string[] = []
  let position = 0
  let previousEnd = -1
  while (position <= characters.length) {
    const end = ends[position] ?? -1
    const isEmpty = end === position
    // An empty match that touches the one before it does not count.
    if (end >= 0 && !(isEmpty && position === previousEnd)) {
      parts.push(fillTemplate(replacement, characters.slice(position, end).join('')))
      previousEnd = end
    }
    if (end > position) position = end
    else parts.push(characters[position++] ?? '')
  }
  return parts.join('')
}

/**
 * Finds, for each start, where the shortest or longest match ends; -1 where there is none.
 * Takes time in proportion to pattern times value, with any number of stars, walking from the last character back.
 */
function findMatchEnds(
  characters: readonly string[],
  pattern: readonly PatternToken[],
  isLongest: boolean,
): Int32Array {
  const ends = new Int32Array(characters.length + 1)
  let following = new Int32Array(pattern.length + 1).fill(-1)
  for (let start = characters.length; start >= 0; start--) {
    const character = characters[start]
    const current = new Int32Array(pattern.length + 1)
    current[pattern.length] = start
    for (let index = pattern.length - 1; index >= 0; index--) {
      const token = pattern[index] ?? ANY
      const whenTaken = token.kind === 'star' ? following[index] : following[index + 1]
      const taken = accepts(token, character) ? (whenTaken ?? -1) : -1
      const skipped = token.kind === 'star' ? (current[index + 1] ?? -1) : -1
      current[index] = pickEnd(taken, skipped, isLongest)
    }
    ends[start] = current[0] ?? -1
    following = current
  }
  return ends
}

/** Neither wildcard crosses a line feed. */
function accepts(token: PatternToken, character: string | undefined): boolean {
  if (character === undefined) return false
  return token.kind === 'literal' ? token.character === character : character !== '\n'
}

function pickEnd(one: number, other: number, isLongest: boolean): number {
  if (one < 0 || other < 0) return Math.max(one, other)
  return isLongest ? Math.max(one, other) : Math.min(one, other)
}

/** Fills Go's template marks: `$0` is the match, any other name is empty, `$$` is a dollar. */
function fillTemplate(template: string, match: string): string {
  return template.replace(/\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (mark, braced, bare) => {
    if (mark === '$$') return '$'
    return /^0+$/.test(braced ?? bare) ? match : ''
  })
}
