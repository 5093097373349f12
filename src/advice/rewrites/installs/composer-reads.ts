import {toRecord} from '../../../languages/documents/json-record.js'
import {joinPath, parentPath} from '../../../languages/text/container-path.js'
import type {InstallReads, ProjectFiles} from './project-files.js'

const OPTION =
  /^(?:--(?:no-dev|dev|no-interaction|prefer-dist|prefer-source|prefer-install=\w+|no-progress|no-ansi|ansi|no-scripts|no-autoloader|no-plugins|ignore-platform-reqs|ignore-platform-req=\S+|optimize-autoloader|classmap-authoritative|apcu-autoloader|no-cache|quiet|verbose|no-audit|audit|no-suggest)|-[nqvoa]+)$/
const OPTIMIZES = /^(?:--optimize-autoloader|--classmap-authoritative|-\w*[oa]\w*)$/
const EVENTS =
  /^(?:pre|post)-(?:install-cmd|autoload-dump|package-install|dependencies-solving|pool-create|file-download|operations-exec|command-run)$|^(?:init|command)$/

/** `composer install` reads composer.json and composer.lock; its scripts and the autoloader may read the source. */
export function readsOfComposer(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const at = (name: string) => joinPath(project, name)
  const at0 = args.findIndex((arg) => !arg.startsWith('-'))
  const options = args.filter((_, index) => index !== at0)
  const root = parse(files.evidence.get(at('composer.json')))
  if (!/^(?:install|i)$/.test(args[at0] ?? '') || root === null || !files.isSent(at('composer.json')))
    return null
  if (options.some((arg) => /^(?:-d|--working-dir)/.test(arg) || !arg.startsWith('-'))) return null
  const questions = options
    .filter((arg) => !OPTION.test(arg))
    .map((arg) => `Does ${arg} make Composer read other files?`)
  const needs = [...listScripts(root, options), ...listScanned(root, options)]
  const reads = {
    title: 'composer install',
    files: ['composer.json', 'composer.lock', 'auth.json'].map(at).filter((path) => files.isSent(path)),
    writes: [at('vendor')],
    evidence: 'strace shows that Composer 2.5 opens only these files of the project',
    questions: [...questions, ...askAboutProject(root, options, project, files)],
    ...findLocal(root, project, files.evidence.get(at('composer.lock')) ?? ''),
  }
  if (needs.length === 0) return reads
  if (reads.blocker !== undefined) return null
  const own = options.filter(
    (arg) => !OPTIMIZES.test(arg) && arg !== '--no-scripts' && arg !== '--no-autoloader',
  )
  return {
    ...reads,
    ahead: ['composer install', ...own, '--no-scripts', '--no-autoloader'].join(' '),
    questions: [
      ...reads.questions,
      `composer install itself stays after the copy because of ${needs.slice(0, 2).join(' and ')}: is its result the same when the packages are already there?`,
    ],
  }
}

/** Scripts that an install calls. */
function listScripts(root: Record<string, unknown>, options: readonly string[]): string[] {
  if (options.includes('--no-scripts')) return []
  return Object.keys(toRecord(root.scripts))
    .filter((name) => EVENTS.test(name))
    .map((name) => `the script ${name}`)
}

/** What the autoloader looks for in the source. */
function listScanned(root: Record<string, unknown>, options: readonly string[]): string[] {
  if (options.includes('--no-autoloader')) return []
  const config = toRecord(root.config)
  const isOptimized =
    options.some((arg) => OPTIMIZES.test(arg)) ||
    config['optimize-autoloader'] === true ||
    config['classmap-authoritative'] === true
  const loads = [toRecord(root.autoload), toRecord(root['autoload-dev'])]
  const isScanned = loads.some(
    (one) => one.classmap !== undefined || (isOptimized && Object.keys(one).length > 0),
  )
  return isScanned ? ['the classes of the source'] : []
}

/** Settings that name files or directories. */
const OF_FILES = ['cafile', 'capath', 'bin-dir', 'cache-dir', 'home', 'data-dir', 'archive-dir']

function askAboutProject(
  root: Record<string, unknown>,
  options: readonly string[],
  project: string,
  files: ProjectFiles,
): string[] {
  const at = (name: string) => joinPath(project, name)
  const config = toRecord(root.config)
  const plugins = options.includes('--no-plugins')
    ? []
    : listPlugins(root, files.evidence.get(at('composer.lock')))
  const vendor = config['vendor-dir']
  const told = OF_FILES.find((key) => config[key] !== undefined)
  return [
    ...(files.isSent(at('composer.lock'))
      ? []
      : ['There is no composer.lock: may the packages stay in the cache until composer.json changes?']),
    ...(plugins.length === 0
      ? []
      : [`What do the plugins ${plugins.slice(0, 3).join(', ')} read and write in the project?`]),
    ...(hasRepository(project, files)
      ? ['Composer reads the version of the project from Git: is it needed?']
      : []),
    ...(vendor === undefined
      ? []
      : [`Does the context have files in ${String(vendor)}, where composer.json installs?`]),
    ...(told === undefined ? [] : [`Does ${told} in ${at('composer.json')} name a file of the project?`]),
    ...(toRecord(root.extra).patches === undefined && toRecord(root.extra)['patches-file'] === undefined
      ? []
      : ['Which patches does composer.json name?']),
  ]
}

/** Plugins that run: those that are allowed; where nothing is said, what the lock file has, which older versions run. */
function listPlugins(root: Record<string, unknown>, lock: string | undefined): string[] {
  const told = toRecord(root.config)['allow-plugins']
  if (told === false) return []
  if (told !== undefined && told !== true)
    return Object.entries(toRecord(told)).flatMap(([name, value]) => (value === true ? [name] : []))
  const packages = toRecord(parse(lock))
  return [packages.packages, packages['packages-dev']]
    .flatMap((list) => (Array.isArray(list) ? list.map(toRecord) : []))
    .filter(({type}) => type === 'composer-plugin')
    .map(({name}) => String(name))
}

function hasRepository(project: string, files: ProjectFiles): boolean {
  for (let at = project; ; at = parentPath(at)) {
    if (['.git/HEAD', '.git'].some((name) => files.isSent(joinPath(at, name)))) return true
    if (at === '') return false
  }
}

function findLocal(root: Record<string, unknown>, project: string, lock: string): {blocker?: string} {
  const repositories = Object.values(
    Array.isArray(root.repositories) ? root.repositories : toRecord(root.repositories),
  )
  if (repositories.some(isLocal)) {
    return {
      blocker: `${joinPath(project, 'composer.json')} installs packages from a directory of the project`,
    }
  }
  return isLocal(parse(lock) ?? {})
    ? {blocker: `${joinPath(project, 'composer.lock')} has packages from a directory of the project`}
    : {}
}

/** Whether anything in a repository, or in a list of packages, is where the project is: a `url` without a host. */
function isLocal(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isLocal)
  const {type, url, ...rest} = toRecord(value)
  const isNear = typeof url === 'string' && !/^(?:\w[\w+.-]*:\/\/(?!\/)|[\w.-]+@[\w.-]+:)/.test(url)
  const isPath = (type === 'path' || type === 'artifact') && url !== undefined
  return (
    isPath ||
    (isNear && url !== '') ||
    Object.entries(rest).some(([key, one]) => MAY_NAME.test(key) && isLocal(one))
  )
}

/** Where packages and their archives stand. */
const MAY_NAME = /^(?:\d+|package|packages|packages-dev|dist|source|repositories)$/

function parse(text: string | undefined): Record<string, unknown> | null {
  try {
    const root = JSON.parse(text ?? '') as unknown
    return typeof root === 'object' && root !== null ? (root as Record<string, unknown>) : null
  } catch {
    return null
  }
}
