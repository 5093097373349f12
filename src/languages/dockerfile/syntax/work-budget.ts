import type {Fail} from './fail.js'

/** Far beyond any real Dockerfile, and about a second of work: a step is a character copied or compared. */
const MAX_STEPS = 100_000_000

/** What an entry of a map or a set costs in time and memory, in steps. */
export const ENTRY_STEPS = 100

/** What an instruction read costs beyond its length, in steps. */
export const INSTRUCTION_STEPS = 1000

/** Counts the work that a Dockerfile causes beyond its own length, so that a hostile one ends in an error. */
export class WorkBudget {
  #stepsLeft = MAX_STEPS

  /** Takes steps off; fails when none are left. */
  spend(steps: number, fail: Fail): void {
    this.#stepsLeft -= steps
    if (this.#stepsLeft < 0)
      fail('the Dockerfile is too costly to evaluate: its variables or stages multiply')
  }
}
