/** Sizes are compared in steps of about one percent. */
const STEPS_PER_DOUBLING = 64

/** Steps up to 2^64, more than any size. */
const STEP_COUNT = 64 * STEPS_PER_DOUBLING

/**
 * Selects the largest of many sizes within a budget, in linear time. Sizes that differ by about a percent at most are
 * selected together or not at all, so that none of a thousand equal files stands out.
 * @param sizes in bytes; 0 is never selected
 * @param costOf the cost of an entry
 * @returns a test for selected indexes: everything larger than a selected one is selected, too
 */
export function selectLargest(
  sizes: Float64Array,
  budget: number,
  costOf: (entry: number) => number,
): (entry: number) => boolean {
  const costs = new Float64Array(STEP_COUNT)
  for (let entry = 0; entry < sizes.length; entry++) {
    const size = sizes[entry]!
    if (size > 0) costs[stepOf(size)]! += costOf(entry)
  }
  let lowest = STEP_COUNT
  for (let left = budget; lowest > 0; lowest--) {
    left -= costs[lowest - 1]!
    if (left < 0) break
  }
  return (entry) => sizes[entry]! > 0 && stepOf(sizes[entry]!) >= lowest
}

function stepOf(size: number): number {
  return Math.max(0, Math.floor(Math.log2(size) * STEPS_PER_DOUBLING))
}
