/** Puts in what `$NAME`, `${NAME}` and `${NAME:-default}` are known to be; anything else stays as it is. */
export function expandShellVariable(text: string, env: ReadonlyMap<string, string>): string {
  const [, plain, name, fallback] = /^\$(?:(\w+)|\{(\w+)(?::?-([^{}]*))?\})$/s.exec(text) ?? []
  const value = env.get(plain ?? name ?? '')
  if (value !== undefined) return value
  return plain === undefined && name !== undefined ? (fallback ?? `$${name}`) : text
}
