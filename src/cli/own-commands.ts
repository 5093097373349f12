import type {Command} from '@oclif/core/command'
import type {Config} from '@oclif/core/config'

/** A command: a `BaseCommand`. */
type CommandClass = Command.Class & {start(argv: string[], config: Config): Promise<unknown>}

/** The commands by their ids. Each is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<{default: CommandClass}>>> = {
  cache: () => import('./commands/cache.js'),
  compose: () => import('./commands/compose.js'),
  context: () => import('./commands/context.js'),
  dockerfile: () => import('./commands/dockerfile.js'),
  'hook:check': () => import('./commands/hook/check.js'),
  'hook:install': () => import('./commands/hook/install.js'),
  'hook:print': () => import('./commands/hook/print.js'),
  'hook:status': () => import('./commands/hook/status.js'),
  'hook:uninstall': () => import('./commands/hook/uninstall.js'),
  image: () => import('./commands/image.js'),
  init: () => import('./commands/init.js'),
  install: () => import('./commands/install.js'),
  ls: () => import('./commands/ls.js'),
  measure: () => import('./commands/measure.js'),
  overview: () => import('./commands/overview.js'),
  'shell-init': () => import('./commands/shell-init.js'),
  uninstall: () => import('./commands/uninstall.js'),
  why: () => import('./commands/why.js'),
}

/** Tells whether a word begins a command, or is an option. */
export function isCommandWord(word: string): boolean {
  const names = Object.keys(COMMANDS).map((id) => id.split(':', 1)[0])
  return word.startsWith('-') || word === 'help' || names.includes(word)
}

/** The commands that take words: for oclif, what stands behind others is part of their name. */
export const WITH_WORDS: readonly string[] = [
  'cache',
  'compose',
  'context',
  'dockerfile',
  'hook:check',
  'image',
  'ls',
  'measure',
  'overview',
  'why',
]

/** A call of a command. */
export interface CommandCall {
  id: string
  /** What stands behind the command. */
  words: string[]
}

/** Finds the command that takes words in a call. Null for any other call, and for one that asks for help. */
export function findCall(argv: readonly string[]): CommandCall | null {
  const [first = '', second = ''] = argv
  const id = WITH_WORDS.find((one) => one === first || one === `${first}:${second}`)
  if (id === undefined || argv.some((word) => word === '--help' || word === '-h')) return null
  return {id, words: argv.slice(id.split(':').length)}
}

/** Loads a command. */
export async function loadCommand(id: string): Promise<CommandClass> {
  const {default: command} = await COMMANDS[id]!()
  command.id = id
  return command
}
