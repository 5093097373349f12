/** Makes hostile text harmless: file names may hold line breaks, escape sequences and text that runs backwards. */

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
const SHORT: Record<string, string> = {'\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e'}

/** The beginning of a line that a runner reads as a command: GitHub's `::error::`, and Azure's and older ones. */
const COMMAND = /(?<=^|\s):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))/g

/** Most names: printable ASCII but for the `#` and the `:` that a command begins with. */
const HARMLESS = /^[ -"$-9;-~]*$/

/**
 * Escapes text for a terminal: control, format and direction characters become `\n`, `\e`, `\u{202e}` …; commands in
 * the log of a build are escaped, too.
 */
export function escapeForTerminal(text: string): string {
  if (HARMLESS.test(text)) return text
  return text
    .replace(UNSAFE, (character) => SHORT[character] ?? escapeCharacter(character))
    .replace(COMMAND, escapeCharacter)
}

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`
}
