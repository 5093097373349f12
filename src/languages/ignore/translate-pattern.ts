/** What Docker turns a pattern into: one of three plain comparisons, or a regular expression in Go's syntax. */
export type PatternPlan =
  | {readonly how: 'exact'; readonly path: string}
  | {readonly how: 'prefix'; readonly prefix: string}
  | {readonly how: 'suffix'; readonly suffix: string}
  | {readonly how: 'expression'; readonly source: string}

/** Made literal; `|`, `^`, `{` and `}` are not, so `a|*` is either `a…` or anything, and `a{2}*` begins with `aa`. */
const ESCAPED = new Set('.+()$')
const ANY_DEPTH = '(.*/)?'
const NO_SLASH = '[^/]'

/**
 * Translates a cleaned pattern without its `!`. Only `* ? [ ] \` make an expression; a leading `**` followed by
 * plain text is a suffix, plain text followed by `**` a prefix.
 * Brackets are handed on letter by letter, so a star between them becomes `[^/]*` there too: Docker does the same.
 */
export function translatePattern(glob: string): PatternPlan {
  let how: PatternPlan['how'] = 'exact'
  let source = ''
  // Docker's scanner swallows a byte-order mark in front of what it scans.
  const characters = [...glob.replace(/^\uFEFF/, '')]
  for (let at = 0; at < characters.length; ) {
    const piece = readPiece(characters, at)
    at += piece.length
    const isLast = at === characters.length
    source += piece.isAnyDepth ? (isLast ? '.*' : ANY_DEPTH) : piece.source
    if (piece.isAnyDepth) how = planAnyDepth(how, at === piece.length, isLast)
    else if (piece.isSpecial) how = 'expression'
  }
  switch (how) {
    case 'exact':
      return {how, path: glob}
    case 'prefix':
      return {how, prefix: glob.slice(0, -2)}
    case 'suffix':
      return {how, suffix: glob.slice(2)}
    case 'expression':
      return {how, source: `^${source}$`}
  }
}

/** What the characters at one place of a pattern become. */
interface Piece {
  source: string
  /** In characters. */
  length: number
  /** More than plain text. */
  isSpecial: boolean
  /** `**`, with the slash that may follow it. */
  isAnyDepth: boolean
}

function readPiece(characters: readonly string[], at: number): Piece {
  const character = characters[at]!
  const next = characters[at + 1]
  if (character === '*' && next === '*') {
    return {source: '', length: characters[at + 2] === '/' ? 3 : 2, isSpecial: true, isAnyDepth: true}
  }
  if (character === '\\' && next !== undefined) return special(`\\${next}`, 2)
  if (character === '*') return special(`${NO_SLASH}*`)
  if (character === '?') return special(NO_SLASH)
  if (character === '[' || character === ']') return special(character)
  // A lone backslash at the end stays alone and escapes the `$` that is appended (docs/buildkit.md 3).
  const source = ESCAPED.has(character) ? `\\${character}` : character
  return {source, length: 1, isSpecial: false, isAnyDepth: false}
}

function special(source: string, length = 1): Piece {
  return {source, length, isSpecial: true, isAnyDepth: false}
}

function planAnyDepth(how: PatternPlan['how'], isFirst: boolean, isLast: boolean): PatternPlan['how'] {
  if (isFirst) return 'suffix'
  return isLast && how === 'exact' ? 'prefix' : 'expression'
}
