import {readManifest} from '../../build/graph/read-manifest.js'
import {joinPath} from '../../languages/text/container-path.js'
import type {InstallReads, ProjectFiles} from './install-reads.js'

/** The scripts that npm runs at an install; the last three also with `--omit=dev`. */
const LIFECYCLE = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
]

/** Options that change nothing that is read in the project. */
const KNOWN =
  /^(?:--(?:omit|only|include)=\w+|--(?:production|no-audit|audit=false|no-fund|fund=false|no-optional|no-progress|ignore-scripts|legacy-peer-deps|strict-peer-deps|prefer-offline|prefer-online|offline|silent|quiet|verbose|force|no-update-notifier|foreground-scripts)|--(?:loglevel|registry|cache|fetch-retries|fetch-timeout|network-timeout|maxsockets)=\S+|-s|-q|-d|-f)$/

/** Options that make it another install than that of the project at hand. */
const ELSEWHERE = /^(?:--(?:prefix|global|location|workspaces?|dry-run|package-lock-only)\b|-C|-g|-w|-ws)/

const NPMRC_KEYS =
  /^\s*(?:[#;].*|(?:\/\/\S+:)?(?:_authToken|_auth|username|_password|email|always-auth)\s*=.*|(?:@[\w.-]+:)?registry\s*=.*|(?:save-exact|save-prefix|engine-strict|legacy-peer-deps|strict-peer-deps|fund|audit|loglevel|progress|strict-ssl|fetch-retries|fetch-timeout|maxsockets|update-notifier|prefer-offline|package-lock)\s*=.*|)\s*$/

const LOCAL_SPECIFIER = /^(?:file:|link:|portal:|\.{0,2}\/|~\/)/

/**
 * `npm ci` and `npm install`. Seen with strace on npm 11: of the project it opens package.json, the lock files, yarn.lock,
 * .npmrc, binding.gyp and the package.json of each workspace, and nothing else but for what scripts do.
 */
export function readsOfNpm(
  args: readonly string[],
  project: string,
  files: ProjectFiles,
): InstallReads | null {
  const [subcommand = '', ...options] = args
  const isExact = /^(?:ci|clean-install|install-clean)$/.test(subcommand)
  if (!isExact && subcommand !== 'install' && subcommand !== 'i') return null
  if (options.some((option) => !option.startsWith('-') || ELSEWHERE.test(option))) return null
  const at = (name: string) => joinPath(project, name)
  const manifestText = files.evidence.get(at('package.json'))
  const lock = ['npm-shrinkwrap.json', 'package-lock.json'].map(at).find((path) => files.isSent(path))
  const base = {
    title: `npm ${subcommand}`,
    writes: [at('node_modules')],
    evidence: 'seen with strace on npm 11: of the project only these files are opened',
  }
  if (manifestText === undefined || !files.isSent(at('package.json'))) {
    return {...base, files: [], questions: [], blocker: `${at('package.json')} is not in the context`}
  }
  if (isExact && lock === undefined) {
    return {...base, files: [], questions: [], blocker: `npm ci needs a lock file, and none is sent`}
  }
  const optional = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', '.npmrc'].map(at)
  const own = [at('package.json'), ...optional.filter((path) => files.isSent(path))]
  const {workspaces} = readManifest(manifestText)
  const members = findMembers(workspaces, project, files)
  const runsScripts = !options.includes('--ignore-scripts')
  const directories = [project, ...members]
  const blocker = directories.map((directory) => findObstacle(directory, files)).find((one) => one !== null)
  const questions = [
    ...options
      .filter((option) => !KNOWN.test(option))
      .map((option) => `Does ${option} make npm read other files?`),
    ...(isExact ? [] : [describeLooseInstall(lock)]),
    ...checkNpmrc(at('.npmrc'), files),
    ...(runsScripts ? directories.flatMap((directory) => checkScripts(directory, files)) : []),
    ...members.flatMap((directory) => checkMember(directory, files)),
  ]
  return {
    ...base,
    writes: directories.map((directory) => joinPath(directory, 'node_modules')),
    files: [...own, ...members.map((directory) => joinPath(directory, 'package.json'))],
    questions,
    ...(blocker && {blocker}),
  }
}

function describeLooseInstall(lock: string | undefined): string {
  return lock === undefined
    ? 'There is no lock file: may packages stay as old as package.json until it changes?'
    : `npm install may write ${lock}, and the copy of the source would put the old one back: is npm ci meant?`
}

/** The directories of the workspaces that have a package.json. */
function findMembers(globs: readonly string[], project: string, files: ProjectFiles): string[] {
  const found = new Set<string>()
  for (const glob of globs) {
    const isOut = glob.startsWith('!')
    const pattern = joinPath(project, glob.replace(/^!/, '').replace(/^\.\//, '').replace(/\/+$/, ''))
    for (const directory of files.findDirectories(pattern)) {
      if (isOut) found.delete(directory)
      else if (files.isSent(joinPath(directory, 'package.json'))) found.add(directory)
    }
  }
  return [...found].sort()
}

function checkNpmrc(path: string, files: ProjectFiles): string[] {
  if (!files.isSent(path)) return []
  const text = files.evidence.get(path)
  if (text === undefined) return [`Which files does ${path} name?`]
  const strange = text.split(/\r?\n/).find((line) => !NPMRC_KEYS.test(line))
  return strange === undefined
    ? []
    : [`Does ${strange.split('=', 1)[0]!.trim()} in ${path} make npm read other files?`]
}

/** What an install runs of a package: its scripts may read anything. */
function checkScripts(directory: string, files: ProjectFiles): string[] {
  const path = joinPath(directory, 'package.json')
  const text = files.evidence.get(path)
  if (text === undefined) return [`Does ${path} have scripts that an install runs?`]
  const {scripts} = readManifest(text)
  const questions = LIFECYCLE.filter((name) => scripts.has(name)).map(
    (name) => `What does the script ${name} of ${path} read? It runs ${quoteScript(scripts.get(name)!)}`,
  )
  const addon = joinPath(directory, 'binding.gyp')
  return files.isSent(addon) ? [...questions, `${addon} makes npm compile: from which files?`] : questions
}

function quoteScript(script: string): string {
  return JSON.stringify(script.length > 60 ? `${script.slice(0, 59)}…` : script)
}

/** npm makes the programs of a workspace executable, which a later copy undoes. */
function checkMember(directory: string, files: ProjectFiles): string[] {
  const path = joinPath(directory, 'package.json')
  const root = parse(files.evidence.get(path))
  return root.bin === undefined && root.directories === undefined
    ? []
    : [`npm makes the programs of ${path} executable: are they so in the context?`]
}

/** What makes an install of a package impossible to tell. */
function findObstacle(directory: string, files: ProjectFiles): string | null {
  const path = joinPath(directory, 'package.json')
  const text = files.evidence.get(path)
  if (text === undefined || Object.keys(parse(text)).length === 0) return `${path} cannot be read`
  const root = parse(text)
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'] as const
  for (const kind of kinds) {
    for (const [name, specifier] of Object.entries(toRecord(root[kind]))) {
      const isLocal = typeof specifier === 'string' && LOCAL_SPECIFIER.test(specifier)
      if (isLocal) return `${path} takes ${name} from ${specifier}`
    }
  }
  return null
}

function parse(text: string | undefined): Record<string, unknown> {
  try {
    return toRecord(JSON.parse(text ?? ''))
  } catch {
    return {}
  }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
