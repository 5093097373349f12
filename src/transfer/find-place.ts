/**
 * The first place in a selection at or behind an entry: where the entry stands, if it is selected.
 * @param entries of a selection: ascending
 */
export function findPlace(entries: Uint32Array, index: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (entries[middle]! < index) low = middle + 1
    else high = middle
  }
  return low
}
