import {DockerfileError} from '../../../errors.js'

/** What a word is expanded with. */
export interface WordScope {
  escapeCharacter: string
  lookUp: (name: string) => string | undefined
  fail: Fail
  budget: WorkBudget
}

/** How a word is read where it is not simply expanded. */
export interface WordMode {
  /** Keeps the quotes. */
  keepsQuotes?: boolean
  /** Keeps the escape characters. */
  keepsEscapes?: boolean
  /** Leaves a variable that is not set as it is written. */
  keepsUnset?: boolean
  /** Takes quotes for plain characters. */
  ignoresQuotes?: boolean
}

/** Reports what is wrong with the text at hand; its maker knows the line. */
export type Fail = (message: string) => never

/** Makes the reporter of one instruction: it throws a `DockerfileError` with that line. */
export function failAt(line: number): Fail {
  return (message) => {
    throw new DockerfileError(message, line)
  }
}

/** Far beyond any real Dockerfile, and about a second of work: a step is a character copied or compared. */
const MAX_STEPS = 100_000_000

/** What an entry of a map or a set costs in time and memory, in steps. */
export const ENTRY_STEPS = 100

/** What an instruction read costs beyond its length, in steps. */
export const INSTRUCTION_STEPS = 1000

/** Counts the work that a Dockerfile causes beyond its own length, so that a hostile one ends in an error. */
export class WorkBudget {
  #stepsLeft: number

  constructor(steps = MAX_STEPS) {
    this.#stepsLeft = steps
  }

  /** Takes steps off; fails when none are left. */
  spend(steps: number, fail: Fail): void {
    this.#stepsLeft -= steps
    if (this.#stepsLeft < 0)
      fail('the Dockerfile is too costly to evaluate: its variables or stages multiply')
  }
}
