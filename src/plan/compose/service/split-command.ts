/** A text of `command` or `entrypoint` as Compose splits it. */
export interface SplitCommand {
  words: string[]
  /** What Compose drops: it stops at the first operator of a shell outside of quotes; null: nothing. */
  dropped: string | null
}

const BLANK = /[ \t\r\n]/
const OPERATOR = /[;&|<>]/

/**
 * Splits a text into words as Compose does, which runs no shell: quotes and backslashes are read, variables and globs
 * are not, and all behind an operator is dropped without a word (tried with Compose 2.40).
 */
export function splitCommand(text: string): SplitCommand {
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (letter === '\\' && quote !== "'" && at + 1 < text.length) word = (word ?? '') + text[++at]!
    else if (quote !== '') {
      if (letter === quote) quote = ''
      else word = (word ?? '') + letter
    } else if (letter === '"' || letter === "'") {
      quote = letter
      word ??= ''
    } else if (BLANK.test(letter)) {
      if (word !== null) words.push(word)
      word = null
    } else if (OPERATOR.test(letter)) {
      // The digit of `2>` goes with it.
      if (word !== null && !(letter === '>' && /^\d$/.test(word))) words.push(word)
      return {words, dropped: text.slice(at).trim()}
    } else word = (word ?? '') + letter
  }
  if (word !== null) words.push(word)
  return {words, dropped: null}
}
