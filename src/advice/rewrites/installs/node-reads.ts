import {readManifest, readPnpmWorkspaces} from '../../../build/graph/read-manifest.js'
import {readJsonRecord, toRecord} from '../../../languages/documents/json-record.js'
import {joinPath, parentPath} from '../../../languages/text/container-path.js'
import {findLocalInLock, findLocalPackage} from './local-packages.js'
import {checkPackageScripts, isHarmlessScript} from './package-scripts.js'
import type {CallSurroundings, InstallReads, ProjectFiles} from './project-files.js'
import {findScriptsOff} from './scripted-packages.js'

/** What one package manager does in a project. */
interface Manager {
  /** The arguments of an install of the whole project, before its options. */
  subcommands: readonly string[]
  /** Those that leave the lock file alone without being told so. */
  exactSubcommands: readonly string[]
  /** Options that say that the lock file stays. */
  exactOptions: readonly string[]
  /** Options that change nothing that is read in the project. */
  known: RegExp
  locks: readonly string[]
  /** Other files that it opens in the project, if they are there. */
  files: readonly string[]
  /** Files that it opens in each workspace, besides package.json. */
  memberFiles: readonly string[]
  /** What it writes in the project and in each workspace. */
  writes: readonly string[]
  evidence: string
}

const COMMON_OPTION =
  /^(?:--(?:omit|only|include|loglevel|registry|reporter|cache|fetch-retries|fetch-timeout|network-timeout|network-concurrency|child-concurrency|maxsockets)=\S+|--(?:production|prod)=(?:true|false)|--(?:production|prod|no-optional|no-progress|ignore-scripts|prefer-offline|prefer-online|offline|silent|quiet|verbose|force|non-interactive)|-s|-q|-d|-f)$/

/** Options whose value may stand in a word of its own. */
const TAKES_VALUE =
  /^--(?:omit|only|include|loglevel|registry|reporter|cache|fetch-retries|fetch-timeout|network-timeout|network-concurrency|child-concurrency|maxsockets)$/

/** Bun takes variables from these, such as NPM_CONFIG_REGISTRY. */
const BUN_VARIABLES =
  '.env .env.local .env.production .env.production.local .env.development .env.development.local .env.test .env.test.local'.split(
    ' ',
  )

/** Each was traced: `strace -f -e trace=%file` over an install of a project with a workspace. */
const MANAGERS: Readonly<Record<string, Manager>> = {
  npm: {
    subcommands: ['install', 'i', 'ci', 'clean-install', 'install-clean'],
    exactSubcommands: ['ci', 'clean-install', 'install-clean'],
    exactOptions: [],
    known:
      /^--(?:no-audit|audit=false|no-fund|fund=false|legacy-peer-deps|strict-peer-deps|no-update-notifier|foreground-scripts)$/,
    locks: ['npm-shrinkwrap.json', 'package-lock.json'],
    files: ['yarn.lock', '.npmrc'],
    memberFiles: [],
    writes: ['node_modules'],
    evidence: 'strace shows that npm 11 opens only these files of the project',
  },
  pnpm: {
    subcommands: ['install', 'i'],
    exactSubcommands: [],
    exactOptions: ['--frozen-lockfile'],
    known: /^--(?:frozen-lockfile|shamefully-hoist|strict-peer-dependencies=\w+|config\.\w+=\w+)$|^-P$/,
    locks: ['pnpm-lock.yaml'],
    files: ['pnpm-workspace.yaml', '.npmrc', '.pnpmfile.cjs', '.pnpmfile.mjs', '.corepack.env'],
    memberFiles: ['.npmrc'],
    writes: ['node_modules', '.pnpm-store'],
    evidence: 'strace shows that pnpm 9 opens only these files of the project',
  },
  bun: {
    subcommands: ['install', 'i'],
    exactSubcommands: [],
    exactOptions: ['--frozen-lockfile'],
    known:
      /^--(?:frozen-lockfile|no-save|no-summary|no-verify|backend=\w+|concurrent-scripts=\d+|linker=\w+)$|^-p$/,
    locks: ['bun.lock', 'bun.lockb'],
    files: ['bunfig.toml', '.npmrc', ...BUN_VARIABLES],
    memberFiles: [],
    writes: ['node_modules'],
    evidence: 'strace shows that Bun 1.4 opens only these files of the project',
  },
  /** Yarn 2 and later. */
  berry: {
    subcommands: ['', 'install'],
    exactSubcommands: [],
    exactOptions: ['--immutable', '--immutable --check-cache'],
    known: /^--(?:immutable|immutable-cache|check-cache|inline-builds|mode=\S+)$/,
    locks: ['yarn.lock'],
    files: ['.yarnrc.yml', '.env.yarn', '.corepack.env'],
    memberFiles: [],
    writes: [
      'node_modules',
      '.yarn/cache',
      '.yarn/unplugged',
      '.yarn/install-state.gz',
      '.pnp.cjs',
      '.pnp.loader.mjs',
      '.pnp.data.json',
    ],
    evidence: 'strace shows that Yarn 4.18 opens only these files of the project',
  },
  yarn: {
    subcommands: ['', 'install'],
    exactSubcommands: [],
    exactOptions: ['--frozen-lockfile', '--pure-lockfile'],
    known: /^--(?:frozen-lockfile|pure-lockfile|check-files|ignore-engines|ignore-optional|no-bin-links)$/,
    locks: ['yarn.lock'],
    files: ['.yarnrc', '.npmrc', '.yarnclean', '.corepack.env'],
    memberFiles: [],
    writes: ['node_modules'],
    evidence: 'strace shows that Yarn 1.22 opens only these files and a README of the project',
  },
}

/** The scripts that an install runs; `dependencies` is npm's, behind the others. */
const LIFECYCLE = [
  'pnpm:devPreinstall',
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  // npm calls these three where an install has changed node_modules
  'predependencies',
  'dependencies',
  'postdependencies',
]

/** Options that make it another install than that of the project at hand. */
const ELSEWHERE =
  /^(?:--(?:prefix|cwd|dir|global|location|workspaces?|workspace-root|filter|recursive|dry-run|package-lock-only|lockfile-only|focus)\b|-[CgwFr]|-ws)/

const NPMRC_KEYS =
  /^\s*(?:[#;].*|(?:\/\/\S+:)?(?:_authToken|_auth|username|_password|email|always-auth)\s*=.*|(?:@[\w.-]+:)?registry\s*=.*|(?:save-exact|save-prefix|engine-strict|legacy-peer-deps|strict-peer-dep(?:s|endencies)|auto-install-peers|shamefully-hoist|node-linker|public-hoist-pattern(?:\[\])?|hoist|link-workspace-packages|prefer-workspace-packages|fund|audit|loglevel|progress|strict-ssl|fetch-retries|fetch-timeout|maxsockets|update-notifier|prefer-offline|package-lock|ignore-scripts)\s*=.*|)\s*$/

/** A flag in .yarnrc may say where packages go, or what else is read: only some are known. */
const YARNRC_KEYS =
  /^\s*(?:#.*|"?(?:registry|network-timeout|lastUpdateCheck|disable-self-update-check|save-prefix|strict-ssl|--(?:(?:\*|install)\.)?(?:network-timeout|network-concurrency|frozen-lockfile|pure-lockfile|ignore-(?:engines|platform|optional|scripts)|non-interactive|silent|verbose|no-progress|emoji|prefer-offline|check-files|production))"?\s.*|)\s*$/

/** What reads an install by npm, pnpm, Yarn or Bun; it says null for another call, and without a package.json. */
export function readsOfNode(program: string) {
  return (
    args: readonly string[],
    project: string,
    files: ProjectFiles,
    around: CallSurroundings,
  ): InstallReads | null => {
    const at = (name: string) => joinPath(project, name)
    const manager = MANAGERS[program === 'yarn' && files.isSent(at('.yarnrc.yml')) ? 'berry' : program]
    const hasSubcommand = args[0] !== undefined && !args[0].startsWith('-')
    const subcommand = hasSubcommand ? args[0]! : ''
    const options = joinValues(hasSubcommand ? args.slice(1) : args)
    if (manager?.subcommands.includes(subcommand) !== true) return null
    if (options.some((option) => !option.startsWith('-') || ELSEWHERE.test(option))) return null
    const manifest = files.evidence.get(at('package.json'))
    if (manifest === undefined || !files.isSent(at('package.json'))) return null
    return describeInstall({program, manager, subcommand, options, project, manifest, ...around}, files)
  }
}

/** Options as one word each: `--registry URL` as `--registry=URL`. */
function joinValues(words: readonly string[]): string[] {
  const options: string[] = []
  for (let at = 0; at < words.length; at++) {
    const value = words[at + 1]
    const hasValue = TAKES_VALUE.test(words[at]!) && value !== undefined && !value.startsWith('-')
    options.push(hasValue ? `${words[at]}=${words[++at]}` : words[at]!)
  }
  return options
}

interface NodeInstall extends CallSurroundings {
  program: string
  manager: Manager
  subcommand: string
  options: readonly string[]
  project: string
  /** The text of package.json. */
  manifest: string
}

function describeInstall(install: NodeInstall, files: ProjectFiles): InstallReads {
  const {program, manager, subcommand, options, project} = install
  const at = (name: string) => joinPath(project, name)
  const title = `${program} ${subcommand || 'install'}`
  const lock = manager.locks.map(at).find((path) => files.isSent(path))
  const isExact =
    manager.exactSubcommands.includes(subcommand) ||
    options.some((option) => manager.exactOptions.includes(option))
  const globs = listWorkspaces(install, files)
  const members = findMembers(globs, project, files)
  const isBerry = manager === MANAGERS.berry
  const patches = program === 'pnpm' || program === 'bun' ? listPatches(install, files) : []
  const settings = isBerry ? readYarnSettings(project, install.manifest, files) : null
  const directories = [project, ...members]
  const optional = [...manager.locks, ...manager.files].map(at)
  const read = [
    at('package.json'),
    ...optional,
    ...members.flatMap((member) =>
      ['package.json', ...manager.memberFiles].map((name) => joinPath(member, name)),
    ),
    ...patches,
    ...(settings?.files ?? []),
  ]
  const scripted = {...install, isBerry, lock}
  const off = findScriptsOff(scripted, files)
  const scripts = off === 'all' ? [] : directories.flatMap((directory) => checkScripts(directory, files))
  const isLoose = !isExact && lock !== undefined
  const obstacle =
    directories.map((directory) => findObstacle(directory, files)).find((one) => one !== null) ??
    findLockedObstacle(lock, files)
  const blocker = isExact && lock === undefined ? `${title} needs a lock file, and none is sent` : obstacle
  return {
    title,
    files: read.filter((path) => files.isSent(path)),
    writes: directories.flatMap((directory) => manager.writes.map((name) => joinPath(directory, name))),
    evidence: manager.evidence,
    questions: [
      ...options
        .filter((option) => !COMMON_OPTION.test(option) && !manager.known.test(option))
        .map((option) => `Does ${option} make ${program} read other files?`),
      ...(isExact ? [] : [describeLooseInstall(install, title, lock)]),
      ...checkAbove(install, isBerry, files),
      ...(isBerry
        ? []
        : (program === 'pnpm' ? directories : [project]).flatMap((directory) =>
            checkSettings(joinPath(directory, '.npmrc'), NPMRC_KEYS, files),
          )),
      ...(settings?.questions ?? []),
      ...(isBerry ? directories.flatMap((directory) => checkBerryManifest(directory, files)) : []),
      ...(program === 'bun' && files.isSent(at('bunfig.toml'))
        ? [`Does ${at('bunfig.toml')} name other files?`]
        : []),
      ...(program === 'yarn' && !isBerry ? checkSettings(at('.yarnrc'), YARNRC_KEYS, files) : []),
      ...checkUnread(install, globs, files),
      ...globs.flatMap((glob) => checkGlob(glob, project, files)),
      ...checkHooks(install, files),
      ...askAboutPnpm(install, globs, files),
      ...patches.filter((path) => !files.isSent(path)).map((path) => `Where is the patch ${path}?`),
      ...scripts,
      ...(off === null ? checkPackageScripts(scripted, directories, files) : []),
      ...members.flatMap((directory) => checkMember(directory, program, files)),
    ],
    ...(blocker && {blocker}),
    ...(scripts.length > 0 && {runsScripts: true as const}),
    ...(isLoose && {exact: writeExact(install)}),
  }
}

/** The call that leaves the lock file alone. */
function writeExact({program, manager, subcommand, options}: NodeInstall): string {
  const [exact] = manager.exactSubcommands
  const rest = options.map((option) => (/^[\w@=./:-]+$/.test(option) ? option : JSON.stringify(option)))
  if (exact !== undefined) return [program, exact, ...rest].join(' ')
  return [program, subcommand || 'install', manager.exactOptions[0], ...rest].join(' ')
}

function listWorkspaces({program, project, manifest}: NodeInstall, files: ProjectFiles): readonly string[] {
  if (program !== 'pnpm') return readManifest(manifest).workspaces
  const text = files.evidence.get(joinPath(project, 'pnpm-workspace.yaml'))
  return text === undefined ? [] : readPnpmWorkspaces(text)
}

function describeLooseInstall(
  {program, manager}: NodeInstall,
  title: string,
  lock: string | undefined,
): string {
  if (lock === undefined)
    return 'There is no lock file: may the packages stay in the cache until package.json changes?'
  const exact =
    manager.exactSubcommands.length > 0
      ? `${program} ${manager.exactSubcommands[0]}`
      : `${title} ${manager.exactOptions[0]}`
  return `${title} may change ${lock}: may it be ${exact} instead? ${exact} fails if ${lock} does not match package.json`
}

/** Workspaces that are listed in a shape that is not read here. */
function checkUnread(
  {program, project, manifest}: NodeInstall,
  globs: readonly string[],
  files: ProjectFiles,
): string[] {
  if (globs.length > 0) return []
  const path = joinPath(project, program === 'pnpm' ? 'pnpm-workspace.yaml' : 'package.json')
  const text = files.evidence.get(path)
  const isListed =
    program === 'pnpm'
      ? files.isSent(path) && (text === undefined || /packages/.test(text))
      : readJsonRecord(manifest).workspaces !== undefined
  return isListed ? [`Which workspaces does ${path} list?`] : []
}

/**
 * A workspace that is missed is left out of the install, and nothing says so: each glob must be one that is read to the
 * letter. `**` was tried with npm 11, pnpm 9, Yarn 1.22 and Bun 1.4: no one looks into node_modules, and a manifest too
 * many changes nothing.
 */
function checkGlob(glob: string, project: string, files: ProjectFiles): string[] {
  const parts = toPath(glob, '').split('/')
  const isWhole = parts.every((part) => part === '**' || (part !== '' && !/\*\*|^\.{1,2}$/.test(part)))
  if (!isWhole || !/^!?[\w@+.*?/-]+$/.test(glob))
    return [`Which directories does the workspace glob ${glob} match?`]
  const link = files.findLink(toPath(glob, project))
  return link === null ? [] : [`Which workspaces does the link ${link} point to?`]
}

/** A glob of workspaces as one of the context. */
function toPath(glob: string, project: string): string {
  return joinPath(project, glob.replace(/^!/, '').replace(/^\.\//, '').replace(/\/+$/, ''))
}

/** The directories of the workspaces that have a package.json. */
function findMembers(globs: readonly string[], project: string, files: ProjectFiles): string[] {
  const found = new Set<string>()
  for (const glob of globs) {
    const isOut = glob.startsWith('!')
    for (const directory of files.findDirectories(toPath(glob, project))) {
      if (isOut) found.delete(directory)
      else if (files.isSent(joinPath(directory, 'package.json'))) found.add(directory)
    }
  }
  return [...found].sort()
}

function checkSettings(path: string, known: RegExp, files: ProjectFiles): string[] {
  if (!files.isSent(path)) return []
  const text = files.evidence.get(path)
  if (text === undefined) return [`Which files does ${path} name?`]
  const strange = text.split(/\r?\n/).find((line) => !known.test(line))
  const key = strange?.trim().split(/[\s=]/, 1)[0]
  return key === undefined ? [] : [`Does ${key} in ${path} make the install read other files?`]
}

function askAboutPnpm(
  {program, project}: NodeInstall,
  globs: readonly string[],
  files: ProjectFiles,
): string[] {
  if (program !== 'pnpm') return []
  return [
    ...checkWorkspaceSettings(joinPath(project, 'pnpm-workspace.yaml'), files),
    ...askAboutOtherManifests(project, globs, files),
  ]
}

/** Manifests that pnpm reads in the place of package.json. */
function askAboutOtherManifests(project: string, globs: readonly string[], files: ProjectFiles): string[] {
  const directories = globs.flatMap((glob) => files.findDirectories(toPath(glob, project)))
  const others = [project, ...directories].flatMap((directory) =>
    ['package.yaml', 'package.json5'].map((name) => joinPath(directory, name)),
  )
  const found = others.find((path) => files.isSent(path))
  return found === undefined ? [] : [`pnpm reads ${found}: what does it say?`]
}

/** Files that pnpm runs at an install; the second one was seen with pnpm 12. */
function checkHooks({program, project}: NodeInstall, files: ProjectFiles): string[] {
  if (program !== 'pnpm') return []
  const hooks = ['.pnpmfile.cjs', '.pnpmfile.mjs'].map((name) => joinPath(project, name))
  return hooks.filter((path) => files.isSent(path)).map((path) => `What does ${path} read?`)
}

/** The patches that pnpm and Bun lay over packages: package.json or pnpm-workspace.yaml names each, and no other file of their directory is opened. */
function listPatches({project, manifest}: NodeInstall, files: ProjectFiles): string[] {
  const root = readJsonRecord(manifest)
  const named = [toRecord(root.pnpm).patchedDependencies, root.patchedDependencies].flatMap((one) =>
    Object.values(toRecord(one)),
  )
  const workspace = files.evidence.get(joinPath(project, 'pnpm-workspace.yaml')) ?? ''
  const [, list = ''] = /^patchedDependencies:[^\S\n]*\n((?:[^\S\n]+[^\n]*(?:\n|$))*)/m.exec(workspace) ?? []
  const listed = Array.from(list.matchAll(/^[ \t]+.+:\s*["']?([^"'\s]+)["']?\s*$/gm), ([, path = '']) => path)
  return [...named, ...listed]
    .filter((path) => typeof path === 'string')
    .map((path) => joinPath(project, path.replace(/^\.\//, '')))
}

/** What an install runs of a package: its scripts may read anything. */
function checkScripts(directory: string, files: ProjectFiles): string[] {
  const path = joinPath(directory, 'package.json')
  const text = files.evidence.get(path)
  if (text === undefined) return [`Does ${path} have scripts that an install runs?`]
  const {scripts} = readManifest(text)
  const questions = LIFECYCLE.filter(
    (name) => scripts.has(name) && !isHarmlessScript(scripts.get(name)!, text, directory, files),
  ).map((name) => `What does the script ${name} of ${path} read? It runs ${quoteScript(scripts.get(name)!)}`)
  const addon = joinPath(directory, 'binding.gyp')
  return files.isSent(addon)
    ? [...questions, `npm compiles because of ${addon}: which files does it read?`]
    : questions
}

function quoteScript(script: string): string {
  return JSON.stringify(script.length > 60 ? `${script.slice(0, 59)}…` : script)
}

/** The programs of a workspace are linked where they are there, and npm makes them executable, which a later copy undoes. */
function checkMember(directory: string, program: string, files: ProjectFiles): string[] {
  const path = joinPath(directory, 'package.json')
  const root = readJsonRecord(files.evidence.get(path) ?? '')
  return root.bin === undefined && root.directories === undefined
    ? []
    : [`${program} links the programs of ${path} or makes them executable: is that needed?`]
}

/** What makes an install of a package impossible to tell. */
function findObstacle(directory: string, files: ProjectFiles): string | null {
  const path = joinPath(directory, 'package.json')
  const text = files.evidence.get(path)
  if (text === undefined || !isJsonObject(text)) return `${path} is not a JSON object`
  const local = findLocalPackage(readJsonRecord(text))
  return local === null ? null : `${path} takes ${local}`
}

/** What the lock file takes from the project although no manifest says so. */
function findLockedObstacle(lock: string | undefined, files: ProjectFiles): string | null {
  const entry = findLocalInLock(files.evidence.get(lock ?? '') ?? '')
  return entry === null ? null : `${lock} takes a package from the project: ${entry}`
}

/**
 * What stands in the directories above: npm, pnpm, Yarn and Bun look there for the workspaces that a project is one of,
 * and Yarn for its settings.
 */
function checkAbove({program, project}: NodeInstall, isBerry: boolean, files: ProjectFiles): string[] {
  const questions: string[] = []
  for (let at = project; at !== ''; ) {
    at = parentPath(at)
    const manifest = joinPath(at, 'package.json')
    const isRoot =
      program === 'pnpm'
        ? files.isSent(joinPath(at, 'pnpm-workspace.yaml'))
        : files.isSent(manifest) &&
          readJsonRecord(files.evidence.get(manifest) ?? '').workspaces !== undefined
    const root = program === 'pnpm' ? joinPath(at, 'pnpm-workspace.yaml') : manifest
    if (isRoot) questions.push(`Is ${project} a workspace of ${root}? Then ${program} installs from there`)
    const settings = isBerry ? ['.yarnrc.yml'] : program === 'yarn' ? ['.yarnrc', '.npmrc'] : []
    for (const path of settings.map((name) => joinPath(at, name)).filter((one) => files.isSent(one)))
      questions.push(`${program} reads ${path}, too: does it matter for ${project}?`)
  }
  return questions
}

/** Settings of pnpm-workspace.yaml that name no file, or are read elsewhere. */
const WORKSPACE_KEYS =
  /^(?:packages|catalogs?|catalogMode|cleanupUnusedCatalogs|patchedDependencies|overrides|packageExtensions|allowBuilds|onlyBuiltDependencies|ignoredBuiltDependencies|neverBuiltDependencies|strictDepBuilds|dangerouslyAllowAllBuilds|peerDependencyRules|allowedDeprecatedVersions|ignoredOptionalDependencies|supportedArchitectures|linkWorkspacePackages|preferWorkspacePackages|saveWorkspaceProtocol|savePrefix|saveExact|dedupe\w+|disallowWorkspaceCycles|ignoreWorkspaceCycles|nodeLinker|hoist|hoistPattern|publicHoistPattern|shamefullyHoist|hoistWorkspacePackages|autoInstallPeers|strictPeerDependencies|resolvePeersFromWorkspaceRoot|resolutionMode|engineStrict|enablePrePostScripts|updateConfig|auditConfig|minimumReleaseAge\w*|trustPolicy\w*|blockExoticSubdeps|verifyDepsBeforeRun|managePackageManagerVersions|useNodeVersion|registry|registries|sideEffectsCache|preferFrozenLockfile|childConcurrency|networkConcurrency|fetch\w+)$/

/** What pnpm-workspace.yaml has pnpm read besides the workspaces and the patches. */
function checkWorkspaceSettings(path: string, files: ProjectFiles): string[] {
  if (!files.isSent(path)) return []
  const text = files.evidence.get(path)
  if (text === undefined) return [`Which files does ${path} name?`]
  const keys = Array.from(text.matchAll(/^["']?([A-Za-z]\w*)["']?\s*:/gm), ([, key = '']) => key)
  const odd = keys.find((key) => !WORKSPACE_KEYS.test(key))
  const [local] = /["'\s](?:file|link|portal):\S+/.exec(text) ?? []
  return [
    ...(odd === undefined ? [] : [`Does ${odd} in ${path} make the install read other files?`]),
    ...(local === undefined
      ? []
      : [
          `${path} takes a package from${local.replace(/["']/g, ' ').trimEnd()}: which files does the install read there?`,
        ]),
  ]
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** Settings of Yarn 2 and later that name no file. */
const BERRY_KEYS =
  /^(?:nodeLinker|enableGlobalCache|enableMirror|enableTelemetry|enableScripts|enableProgressBars|enableColors|enableMessageNames|enableHyperlinks|enableTimers|enableImmutableInstalls|compressionLevel|checksumBehavior|npmRegistryServer|npmAuthToken|npmAlwaysAuth|npmScopes|npmRegistries|npmPublishAccess|packageExtensions|supportedArchitectures|logFilters|nmHoistingLimits|nmMode|nmSelfReferences|pnpMode|pnpFallbackMode|pnpIgnorePatterns|httpTimeout|httpRetry|networkConcurrency|defaultSemverRangePrefix|preferInteractive|preferReuse|changesetBaseRefs|changesetIgnorePatterns|npmMinimalAgeGate|npmPreapprovedPackages|approvedGitRepositories|winLinkType|yarnPath|plugins|unsafeHttpWhitelist)$/

/** A first line of YAML that is no key at the beginning of its line; undefined where there is none. */
function findOddLine(text: string): string | undefined {
  const [first = ''] = text.split(/\r?\n/).filter((line) => !/^\s*(?:#.*)?$|^---\s*$/.test(line))
  return first === '' || /^["']?[A-Za-z]\w*["']?\s*:/.test(first) ? undefined : first.trim()
}

/** What .yarnrc.yml has Yarn read: its own program and plugins. */
function readYarnSettings(
  project: string,
  manifest: string,
  files: ProjectFiles,
): {files: string[]; questions: string[]} {
  const path = joinPath(project, '.yarnrc.yml')
  const text = files.evidence.get(path)
  if (text === undefined) return {files: [], questions: [`Which files does ${path} name?`]}
  const keys = Array.from(text.matchAll(/^["']?([A-Za-z]\w*)["']?\s*:/gm), ([, key = '']) => key)
  const odd = keys.find((key) => !BERRY_KEYS.test(key)) ?? findOddLine(text)
  const [, program] = /^yarnPath\s*:\s*["']?([^"'\s]+)/m.exec(text) ?? []
  const plugins = Array.from(
    text.matchAll(/^[ \t]+(?:- )?(?:path|- path):\s*["']?([^"'\s]+)/gm),
    ([, one = '']) => one,
  )
  const named = [...(program === undefined ? [] : [program]), ...plugins].map((one) =>
    joinPath(project, one.replace(/^\.\//, '')),
  )
  const isBerry = program !== undefined || /"packageManager"\s*:\s*"yarn@[2-9]/.test(manifest)
  return {
    files: named,
    questions: [
      ...(odd === undefined ? [] : [`Does ${odd} in ${path} make the install read other files?`]),
      ...(plugins.every((one) => /@yarnpkg\/plugin-/.test(one))
        ? []
        : [`What do the plugins of ${path} read?`]),
      ...(isBerry
        ? []
        : [
            'Is the yarn of the image version 2 or later? There is no packageManager or yarnPath that shows it',
          ]),
    ],
  }
}

function checkBerryManifest(directory: string, files: ProjectFiles): string[] {
  const path = joinPath(directory, 'package.json')
  const hasPatches = /["']patch:/.test(files.evidence.get(path) ?? '')
  return [
    ...(hasPatches ? [`It was not traced which patches Yarn reads: which does ${path} name?`] : []),
    ...checkLayout(directory, files),
  ]
}

/** Yarn 2 and later write each package.json anew, also with --immutable: with two spaces or what the file has, dependencies sorted. */
function checkLayout(directory: string, files: ProjectFiles): string[] {
  const path = joinPath(directory, 'package.json')
  const text = files.evidence.get(path) ?? ''
  const root = readJsonRecord(text)
  for (const kind of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
    if (root[kind] === undefined) continue
    const sorted = Object.entries(toRecord(root[kind])).sort(([one], [other]) => (one < other ? -1 : 1))
    root[kind] = Object.fromEntries(sorted)
  }
  const [, indent = '  '] = /^\{\n([ \t]+)/.exec(text) ?? []
  return text === `${JSON.stringify(root, null, indent)}\n`
    ? []
    : [
        `Yarn rewrites ${path} in its own layout, and the copy of the source would overwrite that: does it matter?`,
      ]
}
