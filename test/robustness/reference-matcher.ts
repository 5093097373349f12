/**
 * Docker's rule for ignore files once more (docs/buildkit.md 3), as plainly and as slowly as it can be said: backtracking,
 * every parent anew, no index, no cache. For patterns of literals, `*`, `?` and `**` alone.
 */

/** A pattern as it is in a line: cleaned, without its `!`. */
export interface ReferencePattern {
  glob: string
  negated: boolean
}

type Token =
  | {kind: 'literal'; character: string}
  /** Anything but a slash. */
  | {kind: 'one'}
  /** Any number of those. */
  | {kind: 'star'}
  /** Nothing, or anything that ends in a slash. */
  | {kind: 'directories'}
  | {kind: 'rest'}

/** Tells whether the reference can read a pattern; `**x` is one of Docker's odd corners, see the table. */
export function isPlainGlob(glob: string): boolean {
  return /^[\w./ *?-]+$/.test(glob) && !/\*\*\*|^\*\*[^/]/.test(glob)
}

/** The verdict on a path: the patterns are tried at each of its parents, matches are handed down. */
export function isIgnoredByReference(patterns: readonly ReferencePattern[], path: string): boolean {
  let inherited = patterns.map(() => false)
  let isIgnored = false
  const parts = path.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const here = parts.slice(0, depth).join('/')
    const bits = patterns.map(() => false)
    isIgnored = false
    for (const [number, {glob, negated}] of patterns.entries()) {
      if (inherited[number]) bits[number] = true
      else bits[number] = negated === isIgnored && matches(readTokens(glob), [...here])
      if (bits[number]) isIgnored = !negated
    }
    inherited = bits
  }
  return isIgnored
}

function readTokens(glob: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < glob.length; ) {
    if (glob.startsWith('**', at)) {
      at += glob[at + 2] === '/' ? 3 : 2
      tokens.push({kind: at >= glob.length ? 'rest' : 'directories'})
      continue
    }
    const character = glob[at++]!
    if (character === '*') tokens.push({kind: 'star'})
    else tokens.push(character === '?' ? {kind: 'one'} : {kind: 'literal', character})
  }
  return tokens
}

function matches([token, ...tokens]: readonly Token[], text: readonly string[]): boolean {
  if (token === undefined) return text.length === 0
  const [first, ...others] = text
  switch (token.kind) {
    case 'rest':
      return true
    case 'literal':
      return first === token.character && matches(tokens, others)
    case 'one':
      return first !== undefined && first !== '/' && matches(tokens, others)
    case 'star':
      return (
        matches(tokens, text) || (first !== undefined && first !== '/' && matches([token, ...tokens], others))
      )
    case 'directories':
      return (
        text.some((character, at) => character === '/' && matches(tokens, text.slice(at + 1))) ||
        matches(tokens, text)
      )
  }
}
