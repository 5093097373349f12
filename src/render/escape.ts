/** Makes hostile text harmless: file names may hold line breaks, escape sequences and text that runs backwards. */

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu
const SHORT: Record<string, string> = {'\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e'}

/** Escapes text for a terminal: control, format and direction characters become `\n`, `\e`, `\u{202e}` … */
export function escapeForTerminal(text: string): string {
  return text.replace(
    UNSAFE,
    (character) => SHORT[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
}
