/**
 * Tells whether a glob matches a whole name, case-sensitively. Only `*` (any characters), `?` (one) and `[a-c]`, `[!a]`
 * or `[^a]` are special; a bracket that is never closed matches itself. Names hold no `/`.
 * Takes time glob × name at most: only the last star is tried again.
 */
export function matchesGlob(glob: string, name: string): boolean {
  let at = 0
  let position = 0
  let star = -1
  let retry = 0
  while (position < name.length) {
    if (glob[at] === '*') {
      star = at++
      retry = position
      continue
    }
    const next = matchOne(glob, at, name.charCodeAt(position))
    if (next > 0) {
      at = next
      position++
    } else if (star >= 0) {
      at = star + 1
      position = ++retry
    } else {
      return false
    }
  }
  while (glob[at] === '*') at++
  return at === glob.length
}

/** Tells whether a name has characters that are special to `matchesGlob`. */
export function isGlob(name: string): boolean {
  return /[*?[]/.test(name)
}

/** Matches one character and returns the next position in the glob; 0 if it does not match. */
function matchOne(glob: string, at: number, code: number): number {
  if (at >= glob.length) return 0
  if (glob[at] === '?') return at + 1
  const end = glob[at] === '[' ? glob.indexOf(']', at + 2) : -1
  if (end < 0) return glob.charCodeAt(at) === code ? at + 1 : 0
  return isInClass(glob.slice(at + 1, end), code) ? end + 1 : 0
}

/** Reads what stands between the brackets: `a-cx`, `!a-c`. */
function isInClass(members: string, code: number): boolean {
  const isNegated = members[0] === '!' || members[0] === '^'
  for (let i = isNegated ? 1 : 0; i < members.length; i++) {
    const low = members.charCodeAt(i)
    const isRange = members[i + 1] === '-' && i + 2 < members.length
    const high = isRange ? members.charCodeAt(i + 2) : low
    if (low <= code && code <= high) return !isNegated
    if (isRange) i += 2
  }
  return isNegated
}
