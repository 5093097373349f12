const MAX_LENGTH = 80

/** Quotes a piece of the Dockerfile for a message and shortens a long one. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text)
}

/** Quotes text for a POSIX shell, so that it stands for itself: quotes, spaces, dollars and line breaks included. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Quotes a word of a command that people copy, where a shell would read it otherwise. */
export function quoteWord(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : quoteForShell(word)
}

/** Longer sentences hold a value that no message should, in UTF-16 code units. */
const MAX_SENTENCE_LENGTH = 400

const SENTENCE_HEAD_LENGTH = 200
const SENTENCE_TAIL_LENGTH = 150

/** A sentence without its middle, where a value in it is too long: what is said of it stands at both ends. */
export function shortenSentence(sentence: string): string {
  if (sentence.length <= MAX_SENTENCE_LENGTH) return sentence
  return `${sentence.slice(0, SENTENCE_HEAD_LENGTH)} … ${sentence.slice(-SENTENCE_TAIL_LENGTH)}`
}

/** Longer code is quoted without its middle, in characters. */
const MAX_CODE_LENGTH = 60

const HEAD_LENGTH = 20

/** Code as a message quotes it: on one line, with its beginning and its end, where a path stands mostly. */
export function quoteCode(code: string): string {
  const characters = [...code.trim().replace(/\s+/g, ' ')]
  if (characters.length <= MAX_CODE_LENGTH) return characters.join('')
  const head = characters.slice(0, HEAD_LENGTH).join('').trimEnd()
  const tail = characters
    .slice(HEAD_LENGTH + 3 - MAX_CODE_LENGTH)
    .join('')
    .trimStart()
  return `${head} … ${tail}`
}
