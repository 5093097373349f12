import type {Command} from '@oclif/core/command'
import {Plugin} from '@oclif/core/config'

/** The commands by their ids. Each is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<{default: Command.Class}>>> = {
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
export const WITH_WORDS = [
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

/** What oclif looks at to run one of these; the rest of the manifest is for help. */
const MANIFEST = {
  commands: Object.fromEntries(WITH_WORDS.map((id) => [id, {id, aliases: [], strict: false}])),
}

/** All that is needed of the manifest to run these words; null for the whole of it. */
export function manifestFor(words: readonly string[]): typeof MANIFEST | null {
  const [first = '', second = ''] = words
  const isCall = WITH_WORDS.includes(first) || WITH_WORDS.includes(`${first}:${second}`)
  return isCall && !words.some((word) => word === '--help' || word === '-h') ? MANIFEST : null
}

/** This program, as oclif sees it: what the manifest describes, with commands that lie in the same file as oclif. */
export class OwnPlugin extends Plugin {
  override async findCommand(id: string): Promise<Command.Class> {
    const {default: command} = await COMMANDS[id]!()
    command.id = id
    command.plugin = this
    return command
  }
}
