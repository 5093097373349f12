/** One character of white space as BuildKit's language sees it: unlike `\s` it holds U+0085 and not U+FEFF. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/** Tells whether a single character is white space to BuildKit. */
export function isGoSpace(character: string): boolean {
  return SPACE.test(character)
}

/** Drops the white space at both ends. */
export function trimGoSpace(text: string): string {
  let end = text.length
  while (end > 0 && SPACE.test(text.charAt(end - 1))) end--
  return trimGoSpaceStart(text.slice(0, end))
}

/** Drops the white space at the start. */
export function trimGoSpaceStart(text: string): string {
  let start = 0
  while (start < text.length && SPACE.test(text.charAt(start))) start++
  return text.slice(start)
}
