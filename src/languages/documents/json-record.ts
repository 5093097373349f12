/** An object of JSON; an empty one for any other value. */
export function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/** The object that a text of JSON holds; an empty one for any other text. */
export function readJsonRecord(text: string): Record<string, unknown> {
  try {
    return toRecord(JSON.parse(text))
  } catch {
    return {}
  }
}
