/** The middle value; of an even number the mean of the two in the middle. 0 of none. */
export function findMedian(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return Math.round(median * 1000) / 1000
}

/** One run, as a comparison of times sees it. */
export interface TimedRun {
  seconds: number
  /** How many times slower a fixed piece of work was meanwhile; at least 1. */
  load: number
}

/** Seconds between which a time lies. */
interface TimeRange {
  low: number
  high: number
}

/** Fewer runs say nothing of their spread. */
export const MIN_RUNS = 3

/** What a clock and a client's start add to any run: seconds, and a share. */
const NOISE_SECONDS = 0.05
const NOISE_SHARE = 0.02

/**
 * The range in which the time of a build lies, as far as some runs show it. A run on a busy machine may have waited for
 * the processor all the time or not at all: it counts with all between. Few runs do not show their whole spread: the range
 * is widened by half of it on either side.
 * @param idleLoad the lowest load that any run of the same scenario met
 */
function findRange(runs: readonly TimedRun[], idleLoad: number): TimeRange {
  const lows = runs.map(({seconds, load}) => (seconds * idleLoad) / Math.max(load, idleLoad))
  const low = Math.min(...lows)
  const high = Math.max(...runs.map(({seconds}) => seconds))
  const plain = runs.map(({seconds}) => seconds)
  const spread = Math.max(...plain) - Math.min(...plain)
  const margin = spread / 2 + NOISE_SECONDS
  return {low: Math.max(0, low * (1 - NOISE_SHARE) - margin), high: high * (1 + NOISE_SHARE) + margin}
}

/** Whether times differ: only where their ranges do not overlap. */
export function compareTimes(
  before: readonly TimedRun[],
  after: readonly TimedRun[],
): 'less' | 'more' | 'same' {
  if (before.length < MIN_RUNS || after.length < MIN_RUNS) return 'same'
  const idleLoad = Math.min(...[...before, ...after].map(({load}) => load))
  const [was, is] = [findRange(before, idleLoad), findRange(after, idleLoad)]
  if (is.high < was.low) return 'less'
  return is.low > was.high ? 'more' : 'same'
}
