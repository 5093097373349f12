/** Texts kept for all readings together, in UTF-16 code units: as many as are read of one project. */
const MAX_KEPT = 134_217_728

const readings: Map<string, unknown>[] = []
const texts = new Set<string>()
let kept = 0

/**
 * Remembers what a pure reader found in a text: the rules and proofs of all builds of a project, and of each text that is
 * tried for it, ask for the same sources again and again. Beyond 134 million code units everything is forgotten. Gain: 39
 * → 13 s of CPU for the overview of a Go project of 18,000 files, 21 → 10 for one of Rust.
 */
export function rememberReadings<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, unknown>()
  readings.push(known)
  return (text) => {
    const before = known.get(text)
    if (before !== undefined || known.has(text)) return before as T
    const found = read(text)
    if (!texts.has(text)) keep(text)
    known.set(text, found)
    return found
  }
}

function keep(text: string): void {
  if (kept + text.length > MAX_KEPT) forgetAll()
  texts.add(text)
  kept += text.length
}

function forgetAll(): void {
  for (const known of readings) known.clear()
  texts.clear()
  kept = 0
}
