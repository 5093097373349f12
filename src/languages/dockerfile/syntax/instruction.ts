import type {Heredoc} from './heredoc.js'
import type {Directive} from './parse-directive.js'

/** A Dockerfile as written: no variable is expanded yet. */
export interface Dockerfile {
  /** The one that `# escape=` chose. */
  escapeCharacter: '\\' | '`'
  directives: readonly Directive[]
  /** In order; at least one. */
  instructions: readonly Instruction[]
}

/** One instruction as written, comments and continuations taken out. */
export interface Instruction {
  /** 1-based; `endLine` is the last one, heredocs included. */
  line: number
  endLine: number
  /** The lines as they stand in the file. */
  source: string
  /** The instruction on one line, its continuation lines joined. */
  joined: string
  /** In capitals. */
  keyword: string
  flags: readonly Flag[]
  /** A list for FROM, COPY, ADD, VOLUME, EXPOSE and the JSON form; `name=value` each for ENV, LABEL and ARG; else one text. */
  args: readonly string[]
  /** Written as a JSON array. */
  isJson: boolean
  heredocs: readonly Heredoc[]
}

/** `--name=value` before the arguments; the value is null without `=`. */
export interface Flag {
  name: string
  value: string | null
}

/** The value of a flag that may be given once; empty when it is absent. */
export function flagValue({flags}: Instruction, name: string): string {
  return flags.find((flag) => flag.name === name)?.value ?? ''
}
