import type {Range} from '../text/range.js'

/** One simple command of a script. */
export interface ShellCommand {
  /** Quotes resolved, known variables put in; an unknown `$NAME` stays, a substitution is `$()`. */
  words: readonly string[]
  /** One for each word, quotes included. */
  wordRanges: readonly Range[]
  /** From its first word or redirection, the assignments before it included, to its last; no heredoc body. */
  range: Range
  /** What stands before the command, and the script's own variables so far. */
  env: ReadonlyMap<string, string>
  /** Where it runs: a container path. */
  directory: string
  /** False where a condition that looks at a variable decides whether it runs. */
  isCertain: boolean
}

/** Where a script begins. */
export interface ShellStart {
  directory: string
  env?: ReadonlyMap<string, string>
}
