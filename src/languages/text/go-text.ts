/** Go's ideas of white space and of a clean path, which are not JavaScript's. */

const SPACE_CODES = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
])

/** Tells whether a character is white space to Go's `unicode.IsSpace` (U+0085 is, U+FEFF is not). */
function isGoSpace(code: number): boolean {
  return SPACE_CODES.has(code) || (code >= 0x2000 && code <= 0x200a)
}

/** Drops white space from both ends, as Go's `strings.TrimSpace` does. */
export function trimGoSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isGoSpace(text.charCodeAt(start))) start++
  while (end > start && isGoSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** Cleans a slash-separated path as Go's `filepath.Clean` does: `a//b/../c/` is `a/c`, the empty path is `.`. */
export function cleanGoPath(path: string): string {
  const isRooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isRooted) kept.push(part)
  }
  const cleaned = kept.join('/')
  if (isRooted) return `/${cleaned}`
  return cleaned === '' ? '.' : cleaned
}
