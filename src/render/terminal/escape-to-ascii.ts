import {escapeForTerminal} from './escape.js'

/** Makes text harmless for a screen that shows ASCII only: any other character becomes `\u{65e5}`. */
export function escapeToAscii(text: string): string {
  return escapeForTerminal(text.replaceAll('…', '...')).replace(
    /[^\x20-\x7e]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
}
