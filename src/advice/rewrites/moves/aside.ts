import type {Step} from '../../../build/graph/build-graph.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'
import {isWithin, resolveContainerPath} from '../../../languages/text/container-path.js'
import type {RewriteFacts} from '../rewrite-facts.js'
import {hasPlainOptions} from './plain-options.js'
import {isPreparation} from './preparation.js'
import {findTellingVariable} from './told-by-variables.js'

const INSTALLERS = /^(?:apt-get|apt|apk|dnf|yum|microdnf|zypper|gem)$/
const ACCOUNTS = /^(?:groupadd|useradd|addgroup|adduser|usermod|groupmod)$/
const FILE_TOOLS = /^(?:mkdir|rm|rmdir|chmod|chown|touch|ln|mv)$/
const PIP_OPTION = /^(?:--upgrade|-U|--no-cache-dir|--user|--quiet|-q|--break-system-packages)$/
const PACKAGE = /^(?:@[\w.-]+\/)?\w[\w.-]*(?:\[[\w,.-]+\])?(?:(?:[=<>~!]=?|@)[\w.*^~-]+)?$/
const ARCHIVE = /\.(?:tgz|tar\.gz|whl|zip|deb|rpm|apk|gem)$/

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
  if (isByName(program, args)) return true
  // it writes into the project where there is a Gemfile, else for the user
  if (isPreparation(command)) return program !== 'bundle' || words.includes('--global')
  if (!optionPaths(args).every((path) => isOutside(path, directory, project))) return false
  if (INSTALLERS.test(program)) return installsByName(program, args, directory, project)
  if (ACCOUNTS.test(program)) return makesNoHome(args, directory, project)
  if (/^python3?(?:\.\d+)?$/.test(program)) return makesEnvironment(args, directory, project)
  if (FILE_TOOLS.test(program)) {
    return pathsOf(program, args).every((path) => isOutside(path, directory, project))
  }
  return isCacheCleanup(words)
}

/** Calls that read sources, or packages of the directory at hand. */
const READS_FILES = /^(?:build|build-?dep|source|localinstall|download|index|fetch|verify)$/
const GEM_OPTION_OF_FILES = /^(?:-g|--file(?:=.*)?|-l|--local)$/

/** Packages that lay a page of their own into /var/www where there is none yet, or need one that does. */
const SERVES =
  /^(?:apache2?|httpd|nginx|lighttpd|caddy|php(?:\d[\d.]*)?|libapache2-[\w.-]+|munin|phpmyadmin|roundcube|wordpress)(?:[=-].*)?$/

/** Packages of repositories: a path is one of a package, of a repository or of settings. */
function installsByName(
  program: string,
  args: readonly string[],
  directory: string,
  project: readonly string[],
): boolean {
  if (args.some((arg) => READS_FILES.test(arg)) || !hasPlainOptions(program, args)) return false
  if (args.some((arg) => SERVES.test(arg)) && project.some((place) => isWithin(place, '/var/www')))
    return false
  const paths = args.filter((arg) => /^(?:\.{0,2}\/|~)/.test(arg) || ARCHIVE.test(arg))
  return program === 'gem'
    ? paths.length === 0 &&
        !args.some((arg) => GEM_OPTION_OF_FILES.test(arg)) &&
        /^(?:install|update|uninstall|cleanup|sources|list)$/.test(args[0] ?? '')
    : paths.every((path) => isOutside(path, directory, project))
}

/** Paths in options: `--reference=/a`, `-d/a`, `Dir::Etc=/a`. */
function optionPaths(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const [, path] = /^(?:-[^=/]*|[\w:-]+=|-[^=]*=)(\/.*)$/.exec(arg) ?? []
    return path === undefined ? [] : [path]
  })
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
export function isAsideStep(
  facts: RewriteFacts,
  step: Step,
  project: readonly string[],
  copies: readonly Step[] = [],
): boolean {
  const commands = facts.commandsOf(step)
  return (
    commands.length > 0 &&
    hasPosixShell(step) &&
    redirectsOutside(facts, step, project) &&
    commands.every((command) => isAside(command, project) && !needsCopies(facts, command, copies))
  )
}

/** Settings that a copy would bring, or that a copy behind it would overwrite. */
const SETTINGS: readonly (readonly [call: RegExp, file: string])[] = [
  [/^bundle config\b/, '.bundle/config'],
  [/^yarn config set\b/, '.yarnrc.yml'],
  [/^(?:npm|pnpm) config set\b.*--location[= ]project\b/, '.npmrc'],
  [/^poetry config\b.*--local\b/, 'poetry.toml'],
  [/^gem install\b/, ''],
  // Python looks for a module in its working directory first
  [/^python[\d.]* -m venv\b/, 'venv.py'],
  [/^python[\d.]* -m venv\b/, 'venv/__init__.py'],
]

/** Tells whether a command that stands aside by its words needs what some copies bring: by a variable, or as its settings. */
export function needsCopies(facts: RewriteFacts, command: ShellCommand, copies: readonly Step[]): boolean {
  if (findTellingVariable(facts, command, copies) !== null) return true
  if (CHANGES_IDS.test(command.words[0] ?? '') && copies.some(isOwnedByName)) return true
  const call = command.words.join(' ')
  const found = SETTINGS.filter(([one]) => one.test(call))
  return found.some(([, file]) => {
    if (file === '') return facts.findFiles('', /\.gem$/).length > 0
    return copies.some((copy) => {
      const source = facts.sourceOf(copy, resolveContainerPath(command.directory, file))
      return source !== null && facts.sendsAnyOf(source)
    })
  })
}

/** They give a name another number: what is copied for it before keeps the old one. */
const CHANGES_IDS = /^(?:user|group)mod$/

function isOwnedByName({instruction}: Step): boolean {
  return instruction.written.flags.some(
    ({name, value}) => name === 'chown' && !/^\d+(?::\d+)?$/.test(value ?? ''),
  )
}

/** Options of a shell that name no file. */
const SHELL_OPTION = /^(?:[-+][a-zA-Z]+|--(?:login|norc|noprofile|posix)|pipefail|errexit|nounset|xtrace)$/

export function hasPosixShell({instruction}: Step): boolean {
  const {shell} = instruction.state
  if (shell === null) return true
  const [program = '', ...options] = shell
  return /(?:^|\/)(?:ba|da|a)?sh$/.test(program) && options.every((option) => SHELL_OPTION.test(option))
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
  if (/^(?:p?npm|yarn)$/.test(program) && !hasPlainOptions(program, args)) return false
  if (/^p?npm$/.test(program))
    return isGlobal && /^(?:install|i|add)$/.test(args.find((arg) => !arg.startsWith('-')) ?? '')
  if (program === 'yarn') return args[0] === 'global' && args[1] === 'add'
  const options = args.filter((arg) => arg.startsWith('-'))
  return (
    /^pip3?$/.test(program) && args[0] === 'install' && options.every((option) => PIP_OPTION.test(option))
  )
}

/** They take files from a directory, which may be the source, or work in another root. */
const OF_OTHER_FILES = /^(?:-\w*[kRPb]$|--(?:skel|root|prefix|base-dir|conf|firstuid)\b)/

/** A virtual environment elsewhere: `python3 -m venv /opt/venv`. */
function makesEnvironment(args: readonly string[], directory: string, project: readonly string[]): boolean {
  const [option, module, ...rest] = args
  const paths = rest.filter((arg) => !ENVIRONMENT_OPTION.test(arg))
  return option === '-m' && module === 'venv' && paths.every((path) => isOutside(path, directory, project))
}

const ENVIRONMENT_OPTION = /^--(?:without-pip|upgrade-deps|copies|symlinks|clear|system-site-packages)$/

/** A home directory that is made before the source is copied there would have other files and another owner. */
function makesNoHome(args: readonly string[], directory: string, project: readonly string[]): boolean {
  const paths = args.filter((arg) => arg.startsWith('/'))
  return (
    !args.some((arg) => OF_OTHER_FILES.test(arg)) &&
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
