/** Words that several rules use. */

/** ` and 3 others`; nothing for none. */
export function countOthers(count: number): string {
  if (count === 0) return ''
  return count === 1 ? ' and 1 other' : ` and ${formatCount(count)} others`
}

/** `1 entry`, `31,204 entries`. */
export function countEntries(count: number): string {
  return count === 1 ? '1 entry' : `${formatCount(count)} entries`
}

/** `31,204`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** From so many entries on that Docker visits for nothing, a build is felt to start slowly. */
export const MANY_ENTRIES = 1_000
