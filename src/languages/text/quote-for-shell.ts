/** Quotes text for a POSIX shell, so that it stands for itself: quotes, spaces, dollars and line breaks included. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
