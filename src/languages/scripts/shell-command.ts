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
  /** The files that its output goes to, as they are written. */
  outputs?: readonly string[]
  /** Where it runs: a container path. */
  directory: string
  /** False where a condition that looks at a variable decides whether it runs. */
  isCertain: boolean
  /** Where it fails, another command that cannot fail goes on: `|| echo none`. */
  hasFallback?: true
  /** It stands in `$( )`: where it fails, the command around it goes on. */
  isSubstituted?: true
  /** Files without which it is not reached: `[ -f a ] && …`. */
  guards?: readonly string[]
  /** The branch that it stands in, where that alone makes it uncertain. */
  branch?: Branch
}

/** One way of an `if` that looks at a variable. */
export interface Branch {
  /** The same object for all branches of one `if`. */
  choice: Choice
  /** 0-based, in their order. */
  number: number
}

/** Complete when the script is read. */
export interface Choice {
  branchCount: number
  /** It has an `else`: one of the branches runs for sure. */
  isExhaustive: boolean
}

/** Where a script begins. */
export interface ShellStart {
  directory: string
  env?: ReadonlyMap<string, string>
}
