/** Gives a variable's value; undefined when it is not set, which is not the same as empty. */
export type Lookup = (name: string) => string | undefined

/** What follows a dollar cannot be read. */
export class InvalidReference extends Error {}

const NAME = /[a-z_][a-z0-9_]*/iy
const OPERATOR = /:?[-+?]/y
const MAX_DEPTH = 50
const MAX_LENGTH = 2 ** 20

/**
 * Replaces variables as Compose does: `$X`, `${X}`, `${X:-d}`, `${X-d}`, `${X:+r}`, `${X+r}`, `${X:?e}`, `${X?e}`,
 * nested, and `$$` for a dollar. An unset variable is empty.
 * @throws InvalidReference for anything else after a dollar; Error with the reason for a required variable
 */
export function interpolate(text: string, lookup: Lookup): string {
  return substitute(text, lookup, 0)
}

function substitute(text: string, lookup: Lookup, depth: number): string {
  if (depth > MAX_DEPTH) throw new Error('the variables are nested too deeply')
  let result = ''
  let at = 0
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
    result += text.slice(at, dollar)
    const found = readReference(text, dollar, lookup, depth)
    result += found.value
    if (result.length > MAX_LENGTH) throw new Error(`the value grows longer than ${MAX_LENGTH} characters`)
    at = found.end
  }
  return result + text.slice(at)
}

function readReference(
  text: string,
  dollar: number,
  lookup: Lookup,
  depth: number,
): {value: string; end: number} {
  const next = text[dollar + 1]
  if (next === '$') return {value: '$', end: dollar + 2}
  const start = dollar + (next === '{' ? 2 : 1)
  const name = matchAt(NAME, text, start)
  // Compose leaves a dollar alone that no name, brace or dollar follows.
  if (name === null) {
    if (next !== '{') return {value: '$', end: dollar + 1}
    throw new InvalidReference(invalid(text, dollar))
  }
  const afterName = start + name.length
  if (next !== '{') return {value: lookup(name) ?? '', end: afterName}
  if (text[afterName] === '}') return {value: lookup(name) ?? '', end: afterName + 1}
  const operator = matchAt(OPERATOR, text, afterName)
  const end = operator === null ? -1 : findClosingBrace(text, dollar + 1)
  if (operator === null || end < 0) throw new InvalidReference(invalid(text, dollar))
  const word = text.slice(afterName + operator.length, end)
  const expand = (): string => substitute(word, lookup, depth + 1)
  return {value: applyOperator(name, lookup(name), operator, expand), end: end + 1}
}

/** @param expand the word behind the operator, if it counts */
function applyOperator(
  name: string,
  value: string | undefined,
  operator: string,
  expand: () => string,
): string {
  const isGiven = value !== undefined && (operator.length === 1 || value !== '')
  switch (operator.at(-1)) {
    case '-':
      return isGiven ? value : expand()
    case '+':
      return isGiven ? expand() : (value ?? '')
    default: {
      if (isGiven) return value
      const reason = expand()
      throw new Error(`required variable ${name} is missing a value${reason && `: ${reason}`}`)
    }
  }
}

/** The brace that closes the one at `open`, on the same line; inner ones are counted. */
function findClosingBrace(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length && text[index] !== '\n'; index++) {
    if (text[index] === '{') depth++
    else if (text[index] === '}' && --depth === 0) return index
  }
  return -1
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

function invalid(text: string, at: number): string {
  return `invalid interpolation "${text.slice(at, at + 40)}": write $$ for a dollar`
}
