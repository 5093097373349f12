/** White space to Go's `unicode.IsSpace`: unlike `\s` it holds U+0085 and not U+FEFF. */

const OTHER_SPACE = new Set([0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000])

/** Tells whether a single character is white space to BuildKit. */
export function isGoSpace(character: string): boolean {
  return isSpaceCode(character.charCodeAt(0))
}

/** Drops white space from both ends, as Go's `strings.TrimSpace` does. */
export function trimGoSpace(text: string): string {
  return trimGoSpaceStart(trimGoSpaceEnd(text))
}

/** Drops the white space at the end. */
export function trimGoSpaceEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpaceCode(text.charCodeAt(end - 1))) end--
  return text.slice(0, end)
}

/** Drops the white space at the start. */
export function trimGoSpaceStart(text: string): string {
  let start = 0
  while (start < text.length && isSpaceCode(text.charCodeAt(start))) start++
  return text.slice(start)
}

function isSpaceCode(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d)
  return (code >= 0x2000 && code <= 0x200a) || OTHER_SPACE.has(code)
}
