import type {Budget, Finding, Suggestion} from '../../report/context-report.js'

/** A budget with what may be known beyond its figures. */
export type DetailedBudget = Budget & {
  /** By default bytes, but for budgets of files. */
  unit?: 'bytes' | 'files'
  /** Paths that would bring it under its limit. */
  relievedBy?: readonly {path: string; transferBytes: number; fileCount: number}[]
}

export type DetailedSuggestion = Suggestion & {
  /** The file that the line is for; by default that of the first build. */
  ignoreFile?: string
  /** The builds that stand against it. */
  blockedBy?: readonly string[]
}

export type DetailedFinding = Finding & {plan?: string}
