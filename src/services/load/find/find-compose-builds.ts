import path from 'node:path'
import {BuildFileError, SlimCheckError} from '../../../errors.js'
import {runDockerPlugin} from '../../../host/process/run-docker-plugin.js'
import {childOf} from '../../../languages/documents/document-node.js'
import type {Location} from '../../../languages/text/range.js'
import {capitalize} from '../../../languages/text/sentence.js'
import {COMPOSE_FILE_NAMES, chooseComposeFiles} from '../../../plan/compose/choose-compose-files.js'
import type {ComposeProject} from '../../../plan/compose/compose-project.js'
import {type ComposeServices, loadComposeServices} from '../../../plan/compose/load-compose-services.js'
import {findProjectName} from '../../../plan/compose/project-name.js'
import {readComposeBuilds} from '../../../plan/compose/read-compose-builds.js'
import {ComposeEnvironment} from '../../../plan/compose/variables/compose-environment.js'
import {explainMissing} from '../../../plan/explain-missing.js'
import {type BuildProblem, isThere, type NamedBuild, servicesOf} from '../../../plan/named-build.js'
import type {ServiceRun} from '../../../plan/service-run.js'
import {
  type BuildSearch,
  failWithoutBuilds,
  resolveNamedFiles,
  type SearchResult,
  showPath,
} from './build-search.js'

export interface ComposeOptions {
  /** As given with `-f`; empty: the default names. */
  composeFiles: readonly string[]
  /** Default: `COMPOSE_PROFILES`. */
  profiles?: readonly string[] | undefined
}

const COMPOSE_LIMIT_MS = 20_000

/** Finds the builds of a Compose project by reading its files. @throws SlimCheckError, BuildFileError */
export function findComposeBuilds(search: BuildSearch, options: ComposeOptions): SearchResult {
  const project = openProject(search, options.composeFiles)
  return select(search, project, loadComposeServices(project, search.files), options)
}

/** The same as `docker compose config` tells it; without that the files are read, and a problem says so. */
export async function askComposeBuilds(search: BuildSearch, options: ComposeOptions): Promise<SearchResult> {
  const project = openProject(search, options.composeFiles)
  const files = project.files.flatMap((file) => ['-f', file])
  const outcome = await runDockerPlugin(
    'compose',
    [...files, '--profile', '*', 'config', '--format', 'json'],
    {
      workingDir: project.projectDir,
      env: search.env,
      limitMs: COMPOSE_LIMIT_MS,
    },
  )
  if (outcome.status === 'failed') throw new SlimCheckError('compose-failed', {reason: outcome.reason})
  if (outcome.status === 'absent') {
    const result = findComposeBuilds(search, options)
    const message = 'docker compose was not found: the files were read without it'
    const place = {file: project.files[0]!, line: 1}
    return {...result, problems: [...result.problems, {severity: 'warning', message, place}]}
  }
  const answer = path.join(project.projectDir, 'docker compose config')
  const loaded = loadComposeServices(
    {...project, files: [answer], environment: ComposeEnvironment.from({})},
    {...search.files, read: () => ({status: 'read', text: outcome.output})},
  )
  const result = select(search, project, {...loaded, files: project.files}, options)
  const builds = result.builds.map(({services = [], ...build}) => ({
    ...build,
    place: null,
    ...(services.length > 0 && {services: services.map((one) => locateService(one, project, search))}),
  }))
  return {...result, builds}
}

/** The answer has no lines of the files: a service stands where its name does. */
function locateService(run: ServiceRun, {files}: ComposeProject, search: BuildSearch): ServiceRun {
  const name = run.service.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const key = new RegExp(`^[ \\t]+["']?${name}["']?[ \\t]*:`, 'm')
  const places = files.flatMap((file) => {
    const read = search.files.read(file)
    const at = read.status === 'read' ? read.text.search(key) : -1
    return read.status !== 'read' || at < 0 ? [] : [{file, line: read.text.slice(0, at).split('\n').length}]
  })
  const place = places[0] ?? {file: files[0]!, line: 1}
  const move = <Placed extends {place: Location}>(one: Placed): Placed => ({...one, place})
  return {...run, starts: run.starts.map(move), mounts: run.mounts.map(move)}
}

/**
 * Finds what the default compose files build; null where they build nothing, or are not there.
 * @param report takes the error of files that are there and cannot be read
 */
export function tryComposeBuilds(search: BuildSearch, report: (error: unknown) => void): SearchResult | null {
  try {
    return findComposeBuilds({...search, names: []}, {composeFiles: []})
  } catch (error) {
    const isAbsent =
      error instanceof SlimCheckError && (error.code === 'no-compose-file' || error.code === 'no-builds')
    if (!isAbsent) report(error)
    return null
  }
}

/**
 * Reads the builds of compose files that nobody asked for, those that need a variable left out.
 * @param given one folder, whose default files count, or the files, absolute
 * @param profiles default: every profile
 * @throws BuildFileError for a broken file
 */
export function readComposeProject(
  {env, files}: BuildSearch,
  given: readonly string[],
  profiles: readonly string[] = ['*'],
): NamedBuild[] {
  const [first] = given
  if (first === undefined) return []
  const isFolder = given.length === 1 && files.read(first).status !== 'read'
  const projectDir = isFolder ? first : path.dirname(first)
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('COMPOSE_')))
  const environment = ComposeEnvironment.from(own).withDefaultFile(projectDir, files)
  const chosen = isFolder ? chooseComposeFiles(projectDir, environment, files) : given
  const project = {files: chosen, projectDir, environment}
  return readComposeBuilds(loadComposeServices(project, files), project, {profiles, services: []}).builds
}

/** Services of the default compose files that are built by default and cannot be: nobody asked for them, and they are wrong all the same. */
export function findBrokenServices(search: BuildSearch): BuildProblem[] {
  const {baseDir, files} = search
  return readQuietly(search, []).flatMap((build): BuildProblem[] => {
    const {name, contextPath, dockerfilePath, dockerfilePlace, contextPlace, place} = build
    if (place === null || isThere(build, files)) return []
    const hasContext = files.listNames(contextPath).length > 0
    const missing = {
      contextPath,
      ...(hasContext && {dockerfilePath: dockerfilePath ?? ''}),
      toldBy: place.file,
    }
    const fix = explainMissing({...missing, rootDir: baseDir}, files)
    const what = hasContext ? 'Dockerfile' : 'build context'
    const shown = showPath(search, hasContext ? (dockerfilePath ?? contextPath) : contextPath)
    // what a package manager brings is not there before it ran
    const severity = fix?.startsWith('run ') ? 'info' : 'warning'
    const message = `docker compose build cannot build "${name}": ${what} "${shown}" is not there`
    const at = (hasContext ? dockerfilePlace : contextPlace) ?? place
    return [{severity, message, place: at, ...(fix !== undefined && {fix: capitalize(fix)})}]
  })
}

/** None of a broken file. */
function readQuietly(search: BuildSearch, profiles?: readonly string[]): NamedBuild[] {
  try {
    return readComposeProject(search, [search.baseDir], profiles)
  } catch (error) {
    if (error instanceof BuildFileError) return []
    throw error
  }
}

/** How the services run a build that the default compose files tell of, too; none where these are not there or broken. */
export function listServicesOf(search: BuildSearch, build: NamedBuild): readonly ServiceRun[] {
  const same = readQuietly(search).filter(
    ({contextPath, dockerfilePath, target}) =>
      contextPath === build.contextPath && dockerfilePath === build.dockerfilePath && target === undefined,
  )
  return same.every(({services}) => services === undefined) ? [] : same.flatMap(servicesOf)
}

/**
 * Chooses the files of a project, and reads its variables.
 * @param given as with `-f`; empty: the default names
 * @throws SlimCheckError `no-compose-file`, and for files that cannot be read
 */
export function openProject(search: BuildSearch, given: readonly string[]): ComposeProject {
  const {baseDir, workingDir, files} = search
  const named = resolveNamedFiles(search, given)
  const startDir = named.length === 0 ? baseDir : path.dirname(named[0]!)
  const first = ComposeEnvironment.from(search.env).withProjectFiles(startDir, workingDir, files)
  const chosen = named.length === 0 ? chooseComposeFiles(baseDir, first, files) : named
  if (chosen.length === 0) {
    throw new SlimCheckError('no-compose-file', {path: search.given, names: COMPOSE_FILE_NAMES})
  }
  const projectDir = path.dirname(chosen[0]!)
  const environment = projectDir === startDir ? first : first.withProjectFiles(projectDir, workingDir, files)
  const project = {files: chosen, projectDir, environment}
  const name = findProjectName(project, files)
  return {...project, environment: environment.withDefault('COMPOSE_PROJECT_NAME', name)}
}

function select(
  search: BuildSearch,
  project: ComposeProject,
  loaded: ComposeServices,
  {profiles}: ComposeOptions,
): SearchResult {
  const active = profiles ?? (project.environment.lookup('COMPOSE_PROFILES') ?? '').split(',')
  const choice = {profiles: active.map((profile) => profile.trim()), services: search.names}
  const asked = {...readComposeBuilds(loaded, project, choice), files: [...loaded.files]}
  checkNames(search, loaded, asked)
  const result =
    asked.builds.length > 0 || active.some(Boolean) ? asked : withAllProfiles(loaded, project, asked)
  if (result.builds.length === 0) {
    failWithoutBuilds(search, result, 'it has no service that is built from a directory of this machine')
  }
  return result
}

/** A project in which every build has a profile is built with one or another: all of them are shown. */
function withAllProfiles(
  loaded: ComposeServices,
  project: ComposeProject,
  asked: SearchResult,
): SearchResult {
  const all = readComposeBuilds(loaded, project, {profiles: ['*'], services: []})
  const [first] = all.builds
  if (first?.place == null) return asked
  const message =
    'every service with a build needs a profile, so those of all profiles are shown; name one with --profile'
  return {...asked, ...all, problems: [...all.problems, {severity: 'info', message, place: first.place}]}
}

function checkNames(search: BuildSearch, loaded: ComposeServices, result: SearchResult): void {
  const file = showPath(search, loaded.files[0]!)
  const built = [...loaded.services.keys()].filter(
    (name) => childOf(loaded.services.get(name)!, 'build') !== undefined,
  )
  for (const name of search.names) {
    const service = loaded.services.get(name)
    if (service === undefined) {
      if (result.problems.some(({severity}) => severity === 'error')) failWithoutBuilds(search, result, '')
      throw new SlimCheckError('build-unknown', {file, name, known: built})
    }
    if (!built.includes(name)) throw new SlimCheckError('service-not-built', {file, service: name, built})
  }
}
