/** One simple command of a script. */
export interface ShellCommand {
  /** Quotes resolved, known variables put in; an unknown `$NAME` stays, a substitution is `$()`. */
  words: readonly string[]
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
