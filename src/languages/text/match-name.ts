/**
 * Go's `filepath.Match`. Docker tries every pattern against "." before a build to check its syntax: not a full check,
 * as Go stops at the first part that cannot match, so an error behind it goes unseen until a path reaches the
 * pattern. Rows of test/conformance/ignore.jsonl pin both sides.
 */

/** Returns what is wrong with a pattern that Docker refuses when it reads the file; null if it accepts it. */
export function checkPatternSyntax(pattern: string): string | null {
  try {
    new NameMatch(pattern).matches('.')
    return null
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.message
    throw error
  }
}

/** Matches a name as Go's `filepath.Match` does; a broken pattern matches nothing. */
export function matchesName(pattern: string, name: string): boolean {
  try {
    return new NameMatch(pattern).matches(name)
  } catch (error) {
    if (error instanceof SyntaxProblem) return false
    throw error
  }
}

class SyntaxProblem extends Error {}

/** A part of the pattern up to the next star outside brackets. */
interface Chunk {
  isAfterStar: boolean
  text: string
  end: number
}

class NameMatch {
  constructor(private readonly pattern: string) {}

  /** Matches as far into the pattern as Go does. @throws SyntaxProblem at the first broken place on the way */
  matches(name: string): boolean {
    let rest: string | null = name
    for (let position = 0; position < this.pattern.length && rest !== null; ) {
      const chunk = this.nextChunk(position)
      position = chunk.end
      if (chunk.isAfterStar && chunk.text === '') return !rest.includes('/')
      rest = this.matchRest(chunk, rest, position >= this.pattern.length)
    }
    return rest === ''
  }

  /** Matches one chunk, after a star at any position of the name. Null if it matches nowhere. */
  private matchRest(chunk: Chunk, name: string, isLast: boolean): string | null {
    const lastStart = chunk.isAfterStar ? name.length : 0
    for (let start = 0; start <= lastStart; start++) {
      const rest = matchChunk(chunk.text, name.slice(start))
      if (rest !== null && (rest === '' || !isLast)) return rest
      if (name[start] === '/') break
    }
    return null
  }

  private nextChunk(from: number): Chunk {
    let start = from
    while (this.pattern[start] === '*') start++
    let isInClass = false
    let end = start
    for (; end < this.pattern.length; end++) {
      const character = this.pattern[end]
      if (character === '\\') end += end + 1 < this.pattern.length ? 1 : 0
      else if (character === '[') isInClass = true
      else if (character === ']') isInClass = false
      else if (character === '*' && !isInClass) break
    }
    return {isAfterStar: start > from, text: this.pattern.slice(start, end), end}
  }
}

/** Matches a chunk at the start of a name and returns the rest of the name, or null. Checks the whole chunk in both cases. */
function matchChunk(chunk: string, name: string): string | null {
  const characters = [...chunk]
  const names = [...name]
  let at = 0
  let used = 0
  let hasFailed = false
  while (at < characters.length) {
    const current = names[used]
    if (current === undefined) hasFailed = true
    if (characters[at] === '[') {
      const set = matchClass(characters, at + 1, current ?? '')
      at = set.end
      if (!set.matches) hasFailed = true
    } else if (characters[at] === '?') {
      if (current === '/') hasFailed = true
      at++
    } else {
      if (characters[at] === '\\') at++
      if (at >= characters.length) throw new SyntaxProblem('it ends with a backslash that escapes nothing')
      if (characters[at] !== current) hasFailed = true
      at++
    }
    used++
  }
  return hasFailed ? null : names.slice(used).join('')
}

function matchClass(characters: string[], start: number, current: string): {matches: boolean; end: number} {
  let at = start
  const isNegated = characters[at] === '^'
  if (isNegated) at++
  let isMember = false
  for (let count = 0; characters[at] !== ']' || count === 0; count++) {
    const low = readClassCharacter(characters, at)
    at = low.end
    let high = low
    if (characters[at] === '-') {
      high = readClassCharacter(characters, at + 1, true)
      at = high.end
    }
    if (low.character <= current && current <= high.character) isMember = true
  }
  return {matches: isMember !== isNegated, end: at + 1}
}

function readClassCharacter(
  characters: string[],
  start: number,
  isRangeEnd = false,
): {character: string; end: number} {
  let at = start
  const first = characters[at]
  if (first === undefined) throw new SyntaxProblem('the bracket is never closed')
  if (first === ']')
    throw new SyntaxProblem(isRangeEnd ? 'a range in brackets lacks an end' : 'the brackets are empty')
  if (first === '-') throw new SyntaxProblem('a range in brackets lacks an end')
  if (first === '\\') at++
  const character = characters[at]
  if (character === undefined || at + 1 >= characters.length) {
    throw new SyntaxProblem('the bracket is never closed')
  }
  return {character, end: at + 1}
}
