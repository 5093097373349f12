/** Texts kept for all readings together, in UTF-16 code units. */
const MAX_KEPT = 16_000_000

const readings: Map<string, unknown>[] = []
let kept = 0

/**
 * Remembers what a pure reader found in a text: the builds of a project ask for the same sources again and again. Beyond 16
 * million code units everything is forgotten. Gain: 37 → 21 s of CPU for the `dockerfile` of a monorepo of 12 Go builds.
 */
export function rememberReadings<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, unknown>()
  readings.push(known)
  return (text) => {
    if (known.has(text)) return known.get(text) as T
    const found = read(text)
    if (kept + text.length > MAX_KEPT) forgetAll()
    kept += text.length
    known.set(text, found)
    return found
  }
}

function forgetAll(): void {
  for (const known of readings) known.clear()
  kept = 0
}
