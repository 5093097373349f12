import {createRequire} from 'node:module'

/** ASCII, and the characters that reports draw with: each takes one column. */
const NARROW = /^[\x20-\x7e\u2580-\u259f…]*$/

type StringWidth = (text: string) => number

let stringWidth: StringWidth | null = null

/**
 * Returns how many columns a text takes. The library for wide characters is loaded when the first one occurs: its tables
 * of emoji and its text segmenter take as long to set up as node takes to start.
 */
export function measureWidth(text: string): number {
  if (NARROW.test(text)) return text.length
  stringWidth ??= loadStringWidth()
  return stringWidth(text)
}

/** Node 22.0 to 22.11 cannot load a module late: there a wide character counts as one column. */
function loadStringWidth(): StringWidth {
  try {
    return createRequire(import.meta.url)('string-width').default
  } catch {
    return (text) => [...text].length
  }
}
