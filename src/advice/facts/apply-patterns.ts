import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'

/** The outcome for one entry, as `IgnoreRules` gives it. */
export interface PatternVerdict {
  readonly matched: boolean
  /** Rule numbers of the patterns that hold here, ascending. */
  readonly bits: readonly number[]
  readonly decidedBy: number
}

export const NOTHING_MATCHED: PatternVerdict = {matched: false, bits: [], decidedBy: -1}

/**
 * Applies patterns in order to an entry of which all first-hand matches are known (docs/buildkit.md 3): an inherited one
 * holds at once, another is tried only if it would change the verdict.
 * @param inherited rule numbers of the patterns that hold for the parent, ascending
 * @param own rule numbers of those that match the entry's own path, ascending
 * @param without the rule number of a pattern to leave out
 */
export function applyPatterns(
  patterns: readonly IgnorePattern[],
  inherited: readonly number[],
  own: readonly number[],
  without = -1,
): PatternVerdict {
  if (inherited.length === 0 && own.length === 0) return NOTHING_MATCHED
  const fromParent = new Set(inherited)
  const bits: number[] = []
  let matched = false
  let decidedBy = -1
  for (const number of unite(inherited, own)) {
    if (number === without) continue
    const {negated} = patterns[number]!
    if (!fromParent.has(number) && negated !== matched) continue
    bits.push(number)
    matched = !negated
    decidedBy = number
  }
  return {matched, bits, decidedBy}
}

/** Unites two ascending lists of numbers into one. */
export function unite(one: readonly number[], other: readonly number[]): readonly number[] {
  if (one.length === 0) return other
  if (other.length === 0) return one
  return [...new Set([...one, ...other])].sort((a, b) => a - b)
}
