/** What a part of the bench says. */
export interface Outcome {
  lines: string[]
  goals: Goal[]
}

/** A ratio of two things that were measured in turn, and what it should be. */
export interface Goal {
  name: string
  ratio: number
  /** What it may be at most; null: it is at least `least`. */
  most: number | null
  least?: number
}

/** One table for all parts that ran. */
export function describeGoals(goals: readonly Goal[]): string[] {
  if (goals.length === 0) return []
  return ['goals: the ratio, and what it should be', ...goals.map(describeGoal)]
}

function describeGoal({name, ratio, most, least = 0}: Goal): string {
  const isMet = most === null ? ratio >= least : ratio <= most
  const wanted = most === null ? `at least ${least}` : `at most ${most}`
  return `  ${name.padEnd(44)} ${ratio.toFixed(2).padStart(6)}  ${wanted.padEnd(14)} ${isMet ? 'met' : 'not met'}`
}
