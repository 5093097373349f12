import type {Step} from '../../../build/graph/build-graph.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../rewrite-facts.js'

/** Readies a package manager, and reads nothing of the project. */
const PREPARES =
  /^(?:corepack (?:enable|prepare)\b|(?:npm|pnpm|yarn) config set\b|bundle config\b|mix local\.(?:hex|rebar)\b|poetry config\b|set -\w+$|set -o \w+$|go env -w\b|echo\b|true$|:$)/

const INSTALLERS = /^(?:apt-get|apt|apk|dnf|yum|microdnf|zypper|gem)$/
const ACCOUNTS = /^(?:groupadd|useradd|addgroup|adduser|usermod|groupmod)$/
const FILE_TOOLS = /^(?:mkdir|rm|rmdir|chmod|chown|touch|ln|mv)$/
const PIP_OPTION = /^(?:--upgrade|-U|--no-cache-dir|--user|--quiet|-q|--break-system-packages)$/
const PACKAGE = /^(?:@[\w.-]+\/)?\w[\w.-]*(?:\[[\w,.-]+\])?(?:(?:[=<>~!]=?|@)[\w.*^~-]+)?$/
const ARCHIVE = /\.(?:tgz|tar\.gz|whl|zip|deb|rpm|apk|gem)$/

/** Tells whether a command readies a package manager, and reads nothing of the project. */
export function isPreparation({words}: Pick<ShellCommand, 'words'>): boolean {
  return PREPARES.test(words.join(' ')) && !words.some((word) => word.includes('$('))
}

/**
 * Tells whether a command does not look at the project: it installs for the whole system or packages by name, makes a
 * user, or works on paths outside of it. Of a project it reads a manifest at most.
 */
export function isAside(
  command: Pick<ShellCommand, 'words' | 'directory'>,
  project: readonly string[],
): boolean {
  const {words, directory} = command
  const [program = '', ...args] = words
  if (words.some((word) => word.includes('$('))) return false
  if (isPreparation(command) || isByName(program, args)) return true
  if (INSTALLERS.test(program)) {
    const isOfFile = program === 'gem' && args.some((arg) => /^(?:-g|--file)/.test(arg))
    return !isOfFile && !args.some((arg) => ARCHIVE.test(arg) && !arg.startsWith('/'))
  }
  if (ACCOUNTS.test(program)) return makesNoHome(args, directory, project)
  if (FILE_TOOLS.test(program)) {
    return pathsOf(program, args).every((path) => isOutside(path, directory, project))
  }
  return isCacheCleanup(words)
}

/** Tells whether a command installs something, so that it is worth while to run it less often. */
export function isExpensive({words: [program = '', ...args]}: ShellCommand): boolean {
  return (
    (INSTALLERS.test(program) && args.some((arg) => /^(?:install|add)$/.test(arg))) || isByName(program, args)
  )
}

/** Tells whether a program chooses its version by the manifest, or reads settings beside it. */
export function usesManifest([program = '']: readonly string[]): boolean {
  return /^(?:corepack|pnpm|yarn|bun)$/.test(program)
}

/** Tells whether a RUN calls nothing but what `isAside` knows, in a POSIX shell. */
export function isAsideStep(facts: RewriteFacts, step: Step, project: readonly string[]): boolean {
  const commands = facts.commandsOf(step)
  return (
    commands.length > 0 &&
    hasPosixShell(step) &&
    redirectsOutside(facts, step, project) &&
    commands.every((command) => isAside(command, project))
  )
}

export function hasPosixShell({instruction}: Step): boolean {
  const {shell} = instruction.state
  return shell === null || /(?:^|\/)(?:ba|da|a)?sh$/.test(shell[0] ?? '')
}

/** Tells whether all that a RUN redirects goes to or comes from outside of the project. */
export function redirectsOutside(
  facts: RewriteFacts,
  {instruction}: Step,
  project: readonly string[],
): boolean {
  const text = facts.textAt(instruction.written.range)
  for (const [, path = ''] of text.matchAll(/(?:(?<![<=])>>?|(?<!<)<(?!<))[|&]?\s*["']?([^\s"';&|)]*)/g)) {
    if (!/^\d?$|^-$|^\/dev\//.test(path) && !isOutside(path, '/', project)) return false
  }
  return true
}

/** An install of packages by name, for the whole system. */
function isByName(program: string, args: readonly string[]): boolean {
  const names = args.slice(1).filter((arg) => !arg.startsWith('-') && arg !== 'add')
  if (names.length === 0 || !names.every((name) => PACKAGE.test(name) && !ARCHIVE.test(name))) return false
  const isGlobal = args.some((arg) => arg === '-g' || arg === '--global')
  if (/^p?npm$/.test(program))
    return isGlobal && /^(?:install|i|add)$/.test(args.find((arg) => !arg.startsWith('-')) ?? '')
  if (program === 'yarn') return args[0] === 'global' && args[1] === 'add'
  const options = args.filter((arg) => arg.startsWith('-'))
  return (
    /^pip3?$/.test(program) && args[0] === 'install' && options.every((option) => PIP_OPTION.test(option))
  )
}

/** A home directory that is made before the source is copied there would have other files and another owner. */
function makesNoHome(args: readonly string[], directory: string, project: readonly string[]): boolean {
  const paths = args.map((arg) => arg.replace(/^--?[\w-]+=/, '')).filter((arg) => arg.startsWith('/'))
  return (
    paths.every((path) => isOutside(path, directory, project)) &&
    !project.some((place) => isWithin(place, '/home') || isWithin(place, '/root'))
  )
}

/** The arguments that are paths: the first one of chown and chmod is none. */
function pathsOf(program: string, args: readonly string[]): readonly string[] {
  const plain = args.filter((arg) => !/^-/.test(arg))
  return /^ch/.test(program) ? plain.slice(1) : plain
}

/** A path that is no part of the project and no directory around it. */
function isOutside(written: string, directory: string, project: readonly string[]): boolean {
  if (!written.startsWith('/')) return false
  const path = resolveContainerPath(directory, written.replace(/\/?[*?[{$].*$/, ''))
  return project.every((one) => !isWithin(path, one) && !isWithin(one, path))
}

function isCacheCleanup(words: readonly string[]): boolean {
  return /^(?:npm cache clean --force|yarn cache clean|pip3? cache purge|pnpm store prune|composer clear-?cache)$/.test(
    words.join(' '),
  )
}
