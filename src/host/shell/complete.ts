/** Completion by the protocol of Docker's plugins: a candidate a line, then a directive. Pure. */

/** A command as completion sees it; oclif's manifest has this and more. */
export interface CompletableCommand {
  /** With `:` between the words. */
  id: string
  summary?: string | undefined
  hidden?: boolean | undefined
  args: Record<string, {name: string; options?: readonly string[] | undefined}>
  flags: Record<string, CompletableFlag>
}

interface CompletableFlag {
  name: string
  char?: string | undefined
  type: 'boolean' | 'option'
  summary?: string | undefined
  description?: string | undefined
  options?: readonly string[] | undefined
  helpValue?: string | readonly string[] | undefined
  hidden?: boolean | undefined
}

/** What the shell is to do besides: names of files where nothing else is known, directories for a context. */
const DIRECTIVE = {files: 0, none: 4, directories: 16} as const

interface Completion {
  candidates: string[]
  directive: number
}

/** Renders what may stand where the last word is; it may be empty or unfinished. */
export function completeWords(commands: readonly CompletableCommand[], words: readonly string[]): string {
  const {candidates, directive} = complete(commands, words)
  const last = words.at(-1) ?? ''
  const fitting = candidates.filter((candidate) => candidate.startsWith(last))
  return `${[...fitting, `:${directive}`].join('\n')}\n`
}

function complete(commands: readonly CompletableCommand[], words: readonly string[]): Completion {
  const last = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const command = findCommand(commands, before)
  if (command === undefined) return {candidates: listNextWords(commands, before), directive: DIRECTIVE.none}
  const given = before.slice(command.id.split(':').length)
  if (given.includes('--')) return {candidates: [], directive: DIRECTIVE.files}
  const open = findFlag(command, given.at(-1) ?? '')
  if (open?.type === 'option') return completeValue(open, '')
  const at = last.indexOf('=')
  const flag = last.startsWith('--') && at > 0 ? findFlag(command, last.slice(0, at)) : undefined
  if (flag !== undefined) return completeValue(flag, last.slice(0, at + 1))
  if (last.startsWith('-')) return {candidates: listFlags(command), directive: DIRECTIVE.none}
  return completeArgument(command, given)
}

/** The command whose words come first, the longest if there are several. */
function findCommand(
  commands: readonly CompletableCommand[],
  words: readonly string[],
): CompletableCommand | undefined {
  return commands
    .filter(({id}) => id.split(':').every((part, index) => part === words[index]))
    .sort((a, b) => b.id.length - a.id.length)[0]
}

function listNextWords(commands: readonly CompletableCommand[], words: readonly string[]): string[] {
  const found = new Map<string, string>()
  for (const {id, summary = '', hidden} of commands) {
    const parts = id.split(':')
    const fits = !hidden && parts.length > words.length && words.every((word, index) => word === parts[index])
    if (!fits) continue
    const isWhole = parts.length === words.length + 1
    const next = parts[words.length]!
    if (isWhole || !found.has(next)) found.set(next, isWhole ? flatten(summary) : '')
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, text]) => (text === '' ? word : `${word}\t${text}`))
}

function listFlags({flags}: CompletableCommand): string[] {
  return Object.values(flags)
    .filter(({hidden}) => !hidden)
    .map(({name, summary, description}) => `--${name}\t${flatten(summary ?? description ?? '')}`)
    .sort()
}

function findFlag({flags}: CompletableCommand, word: string): CompletableFlag | undefined {
  return Object.values(flags).find(
    ({name, char}) => word === `--${name}` || (char !== undefined && word === `-${char}`),
  )
}

function completeValue({options, helpValue}: CompletableFlag, prefix: string): Completion {
  if (options !== undefined) {
    return {candidates: options.map((option) => prefix + option), directive: DIRECTIVE.none}
  }
  const isPath = helpValue === 'PATH' || helpValue === 'FILE'
  return {candidates: [], directive: isPath ? DIRECTIVE.files : DIRECTIVE.none}
}

function completeArgument(command: CompletableCommand, given: readonly string[]): Completion {
  const count = given.filter(
    (word, index) => !word.startsWith('-') && findFlag(command, given[index - 1] ?? '')?.type !== 'option',
  ).length
  const argument = Object.values(command.args)[count]
  if (argument?.options !== undefined) return {candidates: [...argument.options], directive: DIRECTIVE.none}
  if (argument === undefined) return {candidates: [], directive: DIRECTIVE.files}
  return {candidates: [], directive: argument.name === 'DIR' ? DIRECTIVE.directories : DIRECTIVE.files}
}

/** One line, as the protocol wants it. */
function flatten(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
