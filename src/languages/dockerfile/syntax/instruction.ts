import type {MappedText} from '../../text/mapped-text.js'
import type {Range} from '../../text/range.js'
import type {Heredoc} from './heredoc.js'
import type {Directive} from './parse-directive.js'

/** A Dockerfile as written: no variable is expanded yet. Every range is one of `text`. */
export interface Dockerfile {
  /** The file, decoded, without its byte-order mark. */
  text: string
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
  /** From the keyword to the end of the last line, heredocs included, without that line's ending. */
  range: Range
  /** The lines as they stand in the file. */
  source: string
  /** The instruction on one line, its continuation lines joined. */
  joined: MappedText
  /** In capitals. */
  keyword: string
  keywordRange: Range
  flags: readonly Flag[]
  /** A list for FROM, COPY, ADD, VOLUME, EXPOSE and the JSON form; `name=value` each for ENV, LABEL and ARG; else one text. */
  args: readonly string[]
  /** One for each argument: a JSON string with its quotes, ENV's `name value` as one. */
  argRanges: readonly Range[]
  /** Where the arguments begin in `joined`. */
  argsAt: number
  /** Written as a JSON array. */
  isJson: boolean
  heredocs: readonly Heredoc[]
}

/** `--name=value` before the arguments; the value is null without `=`. */
export interface Flag {
  name: string
  value: string | null
  /** From its dashes to its end, quotes and escapes as written. */
  range: Range
}

/** The value of a flag that may be given once; empty when it is absent. */
export function flagValue({flags}: Instruction, name: string): string {
  return flags.find((flag) => flag.name === name)?.value ?? ''
}
