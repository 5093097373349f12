import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import type {FileChange} from '../../report/file-change.js'
import {BUILD_PLUGIN_NAME, createBuildLauncher} from '../docker/build-launcher.js'
import {createBuildMetadata} from '../docker/docker-plugin.js'
import {isOwnFile} from '../docker/launcher-mark.js'
import {readLauncherOptions, readLauncherPaths} from '../docker/read-launcher.js'
import {
  addConfigEntries,
  type ConfigEntry,
  JOURNAL_NAME,
  readConfig,
  readConfigString,
  readJournal,
  removeConfigEntries,
} from './docker-config.js'
import type {HookKind, HookPlace} from './hook-kind.js'

const ALIAS = ['aliases', 'builder']
const ENTRIES: readonly ConfigEntry[] = [{path: ALIAS, value: JSON.stringify(BUILD_PLUGIN_NAME), isOwn: true}]

const CHECKED = 'Checks docker build, docker image build and docker builder build'
const NOT_CHECKED = 'Does not check docker buildx build, docker compose build or docker bake'

/** Stands before every `docker build`: Docker's `builder` alias on a hidden plugin that checks and becomes buildx. */
export const dockerBuild: HookKind = {
  name: 'docker-build',
  summary: "before each docker build, through Docker's builder alias",
  install(place) {
    if (place.platform === 'win32') throw new SlimCheckError('windows-plugin', {})
    const files = findFiles(place)
    const next = addConfigEntries(files.config.path, stateOf(files), ENTRIES)
    const launcher = createText(place, files)
    const stands = place.options.stops ? 'An exceeded budget stops the build' : 'It never stops a build'
    return {
      // The launcher first: an alias without its plugin breaks docker build.
      changes: [
        {...files.launcher, after: Buffer.from(launcher), isExecutable: true},
        {...files.journal, after: next.journal},
        {...files.config, after: next.config, isPrivate: true},
      ],
      notes: [`${CHECKED}. ${NOT_CHECKED}`, `${stands}; SLIM_CHECK=off skips the check`],
    }
  },
  uninstall(place) {
    const files = findFiles(place)
    const next = removeConfigEntries(files.config.path, stateOf(files), ENTRIES)
    return {
      changes: [
        {...files.config, after: next.config},
        {...files.journal, after: next.journal},
        {...files.launcher, after: null},
      ].filter(({before}) => before !== null),
      notes: [],
    }
  },
  status(place) {
    const files = findFiles(place)
    const alias = readConfigString(files.config.path, files.config.before, ALIAS)
    const launcher = files.launcher.before
    if (alias !== BUILD_PLUGIN_NAME) {
      if (launcher === null) return {isInstalled: false}
      const other = alias === null ? 'no builder alias' : `the builder alias "${alias}"`
      return {isInstalled: false, problem: `Docker now has ${other}; ${files.launcher.path} is left over`}
    }
    const problem = findProblem(place, files)
    return {
      isInstalled: true,
      where: `${files.config.path}; ${NOT_CHECKED}`,
      options: launcher === null ? {} : readLauncherOptions(launcher),
      ...(problem !== null && {problem}),
    }
  },
  print(place) {
    const files = findFiles(place)
    return `# ${files.launcher.path}\n${createText(place, files)}\n# ${files.config.path}\n# ${JSON.stringify({aliases: {builder: BUILD_PLUGIN_NAME}})}\n`
  },
}

/** Says what keeps the hook from doing its work; null for nothing. */
function findProblem(place: HookPlace, {launcher}: Files): string | null {
  if (!place.isExecutable(launcher.path)) {
    return `${launcher.path} ${launcher.before === null ? 'is gone' : 'is not executable'}, so that docker build fails`
  }
  const {nodePath, programPath} = readLauncherPaths(launcher.before!)
  for (const [hostPath, isThere] of [
    [nodePath, place.isExecutable(nodePath)],
    [programPath, place.readFile(programPath) !== null],
  ] as const) {
    if (!isThere) return `${hostPath || 'its program'} is gone, so that builds run unchecked`
  }
  return null
}

interface Files {
  config: FileChange
  journal: FileChange
  launcher: FileChange
}

function findFiles(place: HookPlace): Files {
  const {dockerConfigDir} = place
  const look = (...names: string[]): FileChange => {
    const file = path.join(dockerConfigDir, ...names)
    const before = place.readFile(file)
    return {path: file, before, after: before}
  }
  const launcher = look('cli-plugins', `docker-${BUILD_PLUGIN_NAME}`)
  if (launcher.before !== null && !isOwnFile(launcher.before)) {
    throw new SlimCheckError('not-ours', {path: launcher.path})
  }
  return {config: look('config.json'), journal: look(JOURNAL_NAME), launcher}
}

function stateOf({config, journal}: Files): {config: Uint8Array | null; journal: Uint8Array | null} {
  return {config: config.before, journal: journal.before}
}

function createText(place: HookPlace, {config, journal}: Files): string {
  const previousAlias = findPreviousAlias(config, journal)
  const builder = previousAlias ?? 'buildx'
  const builderPath = place.findPlugin(builder)
  if (builderPath === null) throw new SlimCheckError('builder-not-found', {name: builder})
  const extraDirs = readConfig(config.path, config.before, ['cliPluginsExtraDirs'])
  const {maxTransfer, stops} = place.options
  return createBuildLauncher({
    nodePath: place.nodePath,
    programPath: path.join(place.installDir, 'bin/check-build.js'),
    metadata: createBuildMetadata(place.version),
    previousAlias,
    builderPath,
    extraDirs: Array.isArray(extraDirs) ? extraDirs.filter((entry) => typeof entry === 'string') : [],
    environment: {
      ...(maxTransfer !== undefined && {SLIM_CHECK_MAX_TRANSFER: maxTransfer}),
      ...(stops && {SLIM_CHECK: 'stop'}),
    },
  })
}

/** The alias as it was before us, whether we stand there already or not. */
function findPreviousAlias(config: FileChange, journal: FileChange): string | null {
  const current = readConfigString(config.path, config.before, ALIAS)
  if (current !== BUILD_PLUGIN_NAME) return current || null
  const previous = readJournal(journal.before).previous[ALIAS.join('.')] ?? null
  return previous === null ? null : (JSON.parse(previous) as string)
}
