import type {Fail} from './fail.js'
import type {WorkBudget} from './work-budget.js'

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
