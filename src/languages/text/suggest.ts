const MAX_DISTANCE = 2

/** Writes ` (did you mean X?)` if a known word differs in one or two letters, or in one if it is short. Else empty. */
export function suggest(word: string, known: readonly string[], prefix = ''): string {
  const near = findNearest(word, known)
  return near === null ? '' : ` (did you mean ${prefix}${near}?)`
}

/** Returns the known word that differs in one or two letters, or in one if it is short; null if there is none. */
export function findNearest(word: string, known: readonly string[]): string | null {
  if (word.length > 40) return null
  const near = known
    .filter(({length}) => Math.abs(length - word.length) <= MAX_DISTANCE)
    .map((candidate) => ({candidate, distance: editDistance(word, candidate)}))
    .filter(({distance}) => distance <= Math.min(MAX_DISTANCE, word.length / 2))
    .sort((one, other) => one.distance - other.distance)
  return near[0]?.candidate ?? null
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({length: to.length + 1}, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const substituted = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
