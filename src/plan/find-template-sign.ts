/** What no such file has: Jinja, Go and Mustache, ERB, and the dotted properties of Maven. */
const SIGN = /\{%|\{\{|<%|\$\{\w+(?:\.\w+)+\}/

/** A line of its own: what stands in a RUN may be for the program that it starts. */
const STATEMENT = /^[ \t]*(\{%|\{\{|<%)/m

/**
 * Finds what says that a Dockerfile, or a file of builds, which cannot be read is a template: another program makes the file of it.
 * @param line that cannot be read, 1-based
 * @returns as it stands there; null for none
 */
export function findTemplateSign(content: string | Uint8Array, line: number): string | null {
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  return SIGN.exec(text.split('\n')[line - 1] ?? '')?.[0] ?? STATEMENT.exec(text)?.[1] ?? null
}
