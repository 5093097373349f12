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
