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

/** How much of a slow-down of the processor a build feels: not at all, while it waits for a network, up to all of it. */
const SENSITIVITIES = Array.from({length: 11}, (_, at) => at / 10)

/**
 * Whether times differ: only where their ranges do not overlap. A run on a busy machine may have waited for the processor
 * all the time, or not at all; nobody knows, but both sides are builds of one kind. So the ranges must be apart whatever
 * part of the slow-down builds of this kind feel.
 */
export function compareTimes(
  before: readonly TimedRun[],
  after: readonly TimedRun[],
): 'less' | 'more' | 'same' {
  if (before.length < MIN_RUNS || after.length < MIN_RUNS) return 'same'
  const idleLoad = Math.min(...[...before, ...after].map(({load}) => load))
  const pairs = SENSITIVITIES.map((sensitivity) => {
    const rangeOf = (runs: readonly TimedRun[]): TimeRange =>
      findRange(runs.map(({seconds, load}) => seconds * (idleLoad / load) ** sensitivity))
    return [rangeOf(before), rangeOf(after)] as const
  })
  if (pairs.every(([was, is]) => is.high < was.low)) return 'less'
  return pairs.every(([was, is]) => is.low > was.high) ? 'more' : 'same'
}

/** The range in which the time of a build lies: a few runs do not show all of it, so it is wider by half on either side. */
function findRange(seconds: readonly number[]): TimeRange {
  const [low, high] = [Math.min(...seconds), Math.max(...seconds)]
  const margin = (high - low) / 2 + NOISE_SECONDS
  return {low: Math.max(0, low * (1 - NOISE_SHARE) - margin), high: high * (1 + NOISE_SHARE) + margin}
}
