/** A set of code points: pairs of bounds, and tests for what ranges cannot say. */
export interface CharacterSet {
  /** low, high, low, high …, both included */
  readonly ranges: readonly number[]
  readonly tests: readonly ((code: number) => boolean)[]
  readonly isNegated: boolean
}

const PERL: Record<string, RegExp> = {d: /[0-9]/, s: /[\t\n\f\r ]/, w: /[0-9A-Za-z_]/}

const POSIX: Record<string, RegExp> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  ascii: /[\0-\x7f]/,
  blank: /[\t ]/,
  cntrl: /[\0-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
}

const PROPERTIES = new Set('CLMNPSZ')

/** The set behind `\NAME`: `d`, `W`, `pL`, `PN` …; null where there is none. */
export function createEscapedSet(name: string): CharacterSet | null {
  const letter = name[0] ?? ''
  if (letter === 'p' || letter === 'P') {
    const property = name.slice(1)
    if (!PROPERTIES.has(property)) return null
    // Go's C does not hold unassigned code points, JavaScript's does.
    const expression = property === 'C' ? /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u : new RegExp(`\\p{${property}}`, 'u')
    return createSet(expression, letter === 'P')
  }
  const lower = letter.toLowerCase()
  return Object.hasOwn(PERL, lower) ? createSet(PERL[lower]!, letter !== lower) : null
}

/** The set behind `[:NAME:]`, `^` in front of the name negates; null where there is none. */
export function createPosixSet(name: string): CharacterSet | null {
  const plain = name.replace(/^\^/, '')
  return Object.hasOwn(POSIX, plain) ? createSet(POSIX[plain]!, plain !== name) : null
}

function createSet(expression: RegExp, isNegated: boolean): CharacterSet {
  return {ranges: [], tests: [(code) => expression.test(String.fromCodePoint(code))], isNegated}
}
