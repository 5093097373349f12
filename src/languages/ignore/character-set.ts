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

/** The set behind `\NAME`: `d`, `W`, `pL`, `P{Greek}` …; null where there is none. */
export function createEscapedSet(name: string): CharacterSet | null {
  const letter = name[0] ?? ''
  if (letter === 'p' || letter === 'P') {
    const expression = createProperty(name.slice(1).replace(/^\{(\^?)(.*)\}$/, '$1$2'))
    return expression && createSet(expression.test, (letter === 'P') !== expression.isNegated)
  }
  const lower = letter.toLowerCase()
  return Object.hasOwn(PERL, lower) ? createSet(PERL[lower]!, letter !== lower) : null
}

/** A general category (`L`, `Lu`), a script (`Greek`) or `Any`; `^` in front negates. */
function createProperty(text: string): {test: RegExp; isNegated: boolean} | null {
  const name = text.replace(/^\^/, '')
  const isNegated = name !== text
  // Go's C does not hold unassigned code points, JavaScript's does.
  if (name === 'C') return {test: /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u, isNegated}
  if (name === 'Any') return {test: /[\s\S]/u, isNegated}
  if (!/^[A-Z][A-Za-z_]*$/.test(name)) return null
  try {
    return {test: new RegExp(`\\p{${name.length <= 2 ? name : `Script=${name}`}}`, 'u'), isNegated}
  } catch {
    return null
  }
}

/** The set behind `[:NAME:]`, `^` in front of the name negates; null where there is none. */
export function createPosixSet(name: string): CharacterSet | null {
  const plain = name.replace(/^\^/, '')
  return Object.hasOwn(POSIX, plain) ? createSet(POSIX[plain]!, plain !== name) : null
}

function createSet(expression: RegExp, isNegated: boolean): CharacterSet {
  return {ranges: [], tests: [(code) => expression.test(String.fromCodePoint(code))], isNegated}
}
