/** Makes hostile text harmless: file names may hold line breaks, escape sequences and text that runs backwards. */

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu
const SHORT: Record<string, string> = {'\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e'}

/** What a GitHub runner that reads the output takes for a command: `::` where a line may begin, `##[` anywhere. */
const RUNNER_COMMAND = /(^|\s):(?=:)|#(?=#\[)/g

/** Escapes text for a terminal: control, format and direction characters become `\n`, `\e`, `\u{202e}` … */
export function escapeForTerminal(text: string): string {
  return text
    .replace(UNSAFE, (character) => SHORT[character] ?? toEscape(character))
    .replace(RUNNER_COMMAND, (found) => found.slice(0, -1) + toEscape(found.at(-1)!))
}

function toEscape(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`
}
