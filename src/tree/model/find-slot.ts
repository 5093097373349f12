/**
 * Finds the first slot at or behind an entry: the entry's own slot, if it is in the list.
 * @param entries ascending, such as those of a selection
 */
export function findSlot(entries: ArrayLike<number>, entry: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (entries[middle]! < entry) low = middle + 1
    else high = middle
  }
  return low
}
