/** What is wrong with a command line, in this project's words: oclif's own name neither a remedy nor the nearest name. */
import {suggest} from '../languages/text/suggest.js'

/** What oclif throws about a command line. */
export interface UsageError {
  message: string
  /** Of an unknown flag, as it was written. */
  flags?: readonly string[]
  /** Arguments: too many as text, missing ones as their definition. */
  args?: readonly (string | {name: string; description?: string; options?: readonly string[]})[]
  /** The command's definition, as far as it was read. */
  parse?: {input?: {flags?: Readonly<Record<string, unknown>>}}
}

/** What is wrong, and the next step. */
export interface UsageProblem {
  message: string
  nextStep: string
}

/** What people type for a command that has another name, and the command to type. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  analyse: 'context DIR',
  analyze: 'context DIR',
  build: 'context DIR before a build, or measure DIR, which builds',
  check: 'context DIR, or "hook check DIR" before a build',
  ci: 'hook print github, or hook print gitlab',
  clean: 'context DIR --write',
  completion: 'shell-init bash, zsh or fish',
  completions: 'shell-init bash, zsh or fish',
  diff: 'context DIR --diff, or dockerfile DIR --diff',
  explain: 'why PATH',
  files: 'ls DIR',
  fix: 'context DIR --write, or dockerfile DIR --write',
  history: 'image NAME',
  hooks: 'hook status',
  ignore: 'context DIR --write',
  layers: 'image NAME',
  lint: 'dockerfile DIR',
  list: 'ls DIR',
  rebuild: 'cache DIR',
  report: 'context DIR',
  scan: 'context DIR',
  size: 'context DIR, or image NAME',
  steps: 'cache DIR',
  update: 'context DIR --write',
  write: 'context DIR --write',
}

const SEE_HELP = 'Run with --help to see all commands and flags'

/** Explains an error of oclif; what it does not know keeps oclif's words. @param commands the ids, as `hook:install` */
export function explainUsage(error: UsageError, commands: readonly string[]): UsageProblem {
  const [text = ''] = error.message.split('\nSee more help')
  return (
    explainCommand(text, commands) ??
    explainFlags(text, error) ??
    explainArguments(text, error) ??
    explainValue(text) ?? {message: text.replace(/\s*\n\t/, ': '), nextStep: SEE_HELP}
  )
}

/** oclif takes the words up to the first flag for one name: `contxt:.` */
function explainCommand(text: string, commands: readonly string[]): UsageProblem | null {
  const id = /^[Cc]ommand (.*) not found\.?$/s.exec(text)?.[1]
  if (id === undefined) return null
  if (id.startsWith('-')) return {message: `There is no command before ${quote(id)}`, nextStep: SEE_HELP}
  const command = commands.find((one) => id.startsWith(`${one}:`))
  if (command !== undefined) return tooMany(id.slice(command.length + 1).split(':'))
  const [first = '', second] = id.split(':')
  const inTopic = commands.filter((command) => command.startsWith(`${first}:`))
  const isTopic = inTopic.length > 0 && second !== undefined
  const name = isTopic ? `${first} ${second}` : first
  const topics = commands.map((command) => command.split(':')[0]!)
  const known = isTopic ? inTopic.map((command) => command.replace(':', ' ')) : [...new Set(topics)]
  const other = isTopic || !Object.hasOwn(OTHER_WORDS, first) ? undefined : OTHER_WORDS[first]
  return {
    message: `There is no command ${quote(name)}${other === undefined ? suggest(name, known) : ''}`,
    nextStep: other === undefined ? `Choose from ${known.join(', ')}` : `For that, type: ${other}`,
  }
}

function explainFlags(text: string, {flags, parse}: UsageError): UsageProblem | null {
  if (!text.startsWith('Nonexistent flag') || flags === undefined) return null
  const known = Object.keys(parse?.input?.flags ?? {})
  const names = flags.map((flag) => `${quote(flag)}${suggest(flag.replace(/^-+/, ''), known, '--')}`)
  return {message: `There is no flag ${names.join(' and ')}`, nextStep: SEE_HELP}
}

function explainArguments(text: string, {args = []}: UsageError): UsageProblem | null {
  if (text.startsWith('Unexpected argument')) {
    return tooMany(args.filter((arg) => typeof arg === 'string'))
  }
  if (!/^Missing \d+ required arg/.test(text)) return null
  const missing = args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg]))
  const names = missing.map(
    ({name, description}) => `${name}${description ? `: ${description.split('\n', 1)[0]}` : ''}`,
  )
  const options = missing[0]?.options
  return {
    message: `Missing ${names.join(' and ')}`,
    nextStep: options === undefined ? SEE_HELP : `Choose one of ${options.join(', ')}`,
  }
}

function tooMany(words: readonly string[]): UsageProblem {
  return {message: `Too many arguments: ${words.map(quote).join(', ')}`, nextStep: SEE_HELP}
}

/** Values and combinations, of which oclif tells only in words. */
function explainValue(text: string): UsageProblem | null {
  const [, choice, choices] = /^Expected (.*) to be one of: (.*)$/s.exec(text) ?? []
  if (choice !== undefined && choices !== undefined) {
    const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(choice) ?? []
    const place = flag === undefined ? 'There' : `${flag}: there`
    const near = suggest(value ?? choice, choices.split(', '))
    return {
      message: `${place} is no ${quote(value ?? choice)}${near}`,
      nextStep: `Choose one of ${choices}`,
    }
  }
  const [, named, reason] = /^Parsing (--[\w-]+)\s+(?:\\t)?(.*)$/s.exec(text) ?? []
  const [, wanted, given] = /^Expected (.*?)(?: but)? received: (.*)$/s.exec(reason ?? '') ?? []
  if (named !== undefined && wanted !== undefined && given !== undefined) {
    const number = wanted
      .replace(/ but$/, '')
      .replace('an integer', 'a whole number')
      .replace('greater than or equal to', 'of at least')
    return {message: `${named}: ${quote(given)} is not ${number}`, nextStep: SEE_HELP}
  }
  const [, needing, needed] = /must be provided when using (--[\w-]+): (--[\w-]+)$/.exec(text.trim()) ?? []
  if (needing !== undefined && needed !== undefined) {
    return {message: `${needing} needs ${needed}`, nextStep: `Add ${needed}`}
  }
  const [, flag, other] =
    /(--[\w-]+)(?:=.*?)? cannot also be provided when using (--[\w-]+)/s.exec(text) ?? []
  if (flag === undefined || other === undefined) return null
  return {message: `${other} and ${flag} exclude each other`, nextStep: 'Leave one of them out'}
}

function quote(text: string): string {
  return JSON.stringify(text)
}
