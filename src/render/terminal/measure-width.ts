import {createRequire} from 'node:module'

/** ASCII, letters of Latin, and the characters that reports write and draw with: each takes one column. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2190-\u2193\u2212\u2248\u2500-\u259f]*$/

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
