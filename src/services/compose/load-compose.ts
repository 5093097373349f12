import path from 'node:path'
import type {ComposeInput, ComposeText} from '../../advice/facts/compose/compose-facts.js'
import type {ServiceBuild} from '../../advice/facts/compose/service-build.js'
import {type EvidenceWant, listEvidence} from '../../advice/facts/evidence.js'
import type {BuildGraph} from '../../build/graph/build-graph.js'
import {createProofInput} from '../../build/graph/proof-input.js'
import type {SettingFlags} from '../../config/override-settings.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {findRepository, pathExists} from '../../host/files/locations.js'
import {readBeginnings} from '../../host/files/read-file.js'
import type {MapNode} from '../../languages/documents/document-node.js'
import {COMPOSE_FILE_NAMES, isComposeName, isVariantName} from '../../plan/compose/choose-compose-files.js'
import type {ComposeProject} from '../../plan/compose/compose-project.js'
import {type Declared, listImpossibleStarts, listMissingParts} from '../../plan/compose/list-refusals.js'
import {acceptedServices, loadComposeServices} from '../../plan/compose/load-compose-services.js'
import {findProjectName} from '../../plan/compose/project-name.js'
import {ProjectChecker} from '../../plan/compose/refusals/project-checker.js'
import type {ComposeService} from '../../plan/compose/service/compose-service.js'
import {readService} from '../../plan/compose/service/read-service.js'
import type {BuildProblem} from '../../plan/named-build.js'
import type {ProjectFiles} from '../../plan/project-files.js'
import {readYamlText} from '../../plan/read-yaml.js'
import {askBuilds, loadSettings} from '../load/ask-builds.js'
import {type BuildSearch, showPath, toSlimCheckError} from '../load/find/build-search.js'
import {openSearch} from '../load/find/find-builds.js'
import {openProject} from '../load/find/find-compose-builds.js'
import {absentPathOf, type FailedBuild} from '../load/load-builds.js'
import {toContextPath} from '../load/load-ignore-file.js'
import {dockerfileOf, loadProject, type WalkSettings} from '../load/load-project.js'
import {ProjectReadings} from '../load/project-readings.js'
import type {LoadedPlan, Project} from '../project.js'
import {
  expectOverride,
  findIncluding,
  findRightDirectory,
  listAbsentMounts,
  requireSomething,
  requireWhole,
} from './check-project.js'
import {expectDeployer, expectRest} from './expect-deployer.js'
import {findSampleEnvironment} from './sample-files.js'

/** What `compose` is asked. */
export interface ComposeRequest extends WalkSettings {
  /** DIR as given. */
  contextDir: string
  /** Default: the process's. */
  workingDir?: string
  /** Default: the process's. */
  env?: NodeJS.ProcessEnv
  /** In merging order; empty: the default names in DIR, or in the one folder below that has some. */
  composeFiles?: readonly string[]
  /** Instead of `.env`. */
  envFiles?: readonly string[]
  /** Default: `COMPOSE_PROFILES`. */
  profiles?: readonly string[]
  /** Default: all of active profiles. */
  services?: readonly string[]
  /** A configuration, relative to the working directory, instead of a search; null: none. */
  configFile?: string | null
  /** They win over the configuration. */
  flags?: SettingFlags
}

type SharingRequest = ComposeRequest & {readings: ProjectReadings}

/** A Compose project with all that its rules look at. */
export interface LoadedCompose {
  project: ComposeProject
  files: ProjectFiles
  /** What the files say together; null where Compose refuses the project. */
  services: ReadonlyMap<string, MapNode> | null
  input: ComposeInput
  /** Services that no active profile holds. */
  inactive: readonly string[]
  declared: Declared
  problems: readonly BuildProblem[]
  /** What an override made of a sample is to have, or what deploys the project; null: nothing. */
  expected: BuildProblem | null
  failed: readonly FailedBuild[]
  /** The file whose values stand for those of a `.env` that is not there, absolute; null for none. */
  sample: string | null
  settings: Settings
  /** The report's context, absolute. */
  baseDir: string
  /** Where the paths in errors start, absolute. */
  workingDir: string
  show: (hostPath: string) => string
}

const WANTED: readonly EvidenceWant[] = [
  {globs: ['package.json', 'pyproject.toml', 'requirements*.txt'], maxBytes: 256 * 1024, maxFiles: 100},
  {globs: ['*.sh', '*entrypoint*', 'start*', 'run*', 'Makefile'], maxBytes: 64 * 1024, maxFiles: 200},
]

/** Reads a Compose project, and what its builds read. @throws SlimCheckError when it could not run */
export async function loadCompose(request: ComposeRequest): Promise<LoadedCompose> {
  const {contextDir, workingDir = process.cwd(), env = process.env, envFiles = []} = request
  const {settings} = await loadSettings({
    build: {contextDir, workingDir},
    ...(request.configFile !== undefined && {configFile: request.configFile}),
    ...(request.flags && {flags: request.flags}),
  })
  const named = envFiles.map((file) => path.resolve(workingDir, file)).join(',')
  // One request reads a project for its services and again for their builds.
  const readings = request.readings ?? new ProjectReadings()
  const search = openSearch({
    contextDir,
    workingDir,
    files: readings.files,
    env: named === '' ? env : {...env, COMPOSE_ENV_FILES: named},
    ...(settings.excludeBuilds && {excluded: settings.excludeBuilds}),
  })
  try {
    return await loadFrom(search, {...request, readings}, settings)
  } catch (error) {
    throw toSlimCheckError(search, error)
  }
}

async function loadFrom(
  given: BuildSearch,
  request: SharingRequest,
  settings: Settings,
): Promise<LoadedCompose> {
  const {composeFiles = []} = request
  const found = findFiles(given, composeFiles)
  const sample = findSampleEnvironment(given, directoryOf(given, found))
  const search = sample === null ? given : {...given, env: {...given.env, COMPOSE_ENV_FILES: sample}}
  const {baseDir, workingDir, files} = search
  const project = openProject(search, found)
  const checker = new ProjectChecker()
  const loaded = loadComposeServices(project, files, checker)
  const all = [...loaded.services].map(([name, node]) => readService(name, node))
  const missing = loaded.problems.length === 0 ? listMissingParts(all, loaded.declared) : []
  requireWhole(search, project, composeFiles, missing)
  if (missing.length > 0) requireBeside(search, project, 'mounts', listAbsentMounts(search, project, all))
  checkNames(search, project, all, request.services ?? [])
  const expected =
    expectOverride(search, project, missing) ??
    expectDeployer(search, project, missing) ??
    expectRest(project, missing)
  const active = chooseActive(all, project, request)
  const show = (hostPath: string) => toContextPath(baseDir, hostPath)
  const {builds, failed} = await loadBuiltServices(search, request, project, active)
  const by = failed.length + missing.length === 0 ? null : findIncluding(search, project)
  if (by !== null)
    throw new SlimCheckError('compose-file-included', {file: showPath(search, project.files[0]!), by})
  requireBeside(search, project, 'builds', listAbsent(search, project, failed, builds.length))
  requireSomething(search, project, failed, builds.length)
  return {
    project,
    files,
    services: acceptedServices(loaded),
    input: {
      projectName: findProjectName(project, files),
      services: active,
      builds: describeBuilds(builds, show),
      files: new Map(loaded.files.map((file) => [file, readText(files, file)])),
      neighbours: listOtherFiles(files, project, loaded.files),
      folders: listFolders(project.projectDir),
      broken: new Set(failed.map(({name}) => name)),
      refusals: checker.finish(active, all, project.environment.lookup, files),
      isThere: pathExists,
      show,
    },
    inactive: all.filter((service) => !active.includes(service)).map(({name}) => name),
    declared: loaded.declared,
    expected,
    problems: [
      ...loaded.problems,
      ...(expected === null ? missing : []),
      ...listImpossibleStarts(active, all),
    ],
    failed,
    sample,
    settings,
    baseDir: path.resolve(workingDir, baseDir),
    workingDir: path.resolve(workingDir),
    show,
  }
}

/** @throws SlimCheckError where the paths of a project begin in a directory above it */
function requireBeside(
  search: BuildSearch,
  project: ComposeProject,
  verb: 'builds' | 'mounts',
  absent: readonly string[],
): void {
  const directory = findRightDirectory(search, project, absent, verb === 'mounts' ? 'any' : 'all')
  if (directory === null) return
  const file = showPath(search, project.files[0]!)
  throw new SlimCheckError('compose-file-elsewhere', {file, directory, verb})
}

/**
 * The contexts that are not there, absolute, or the Dockerfiles where a file builds nothing that Compose would not read here
 * by itself; none where a build fails for another reason.
 */
function listAbsent(
  {workingDir}: BuildSearch,
  {files}: ComposeProject,
  failed: readonly FailedBuild[],
  built: number,
): string[] {
  const isOpen = built === 0 && !isComposeName(path.basename(files[0]!))
  const codes = isOpen ? ['context-not-found', 'dockerfile-not-found'] : ['context-not-found']
  const isAll = failed.every(({error}) => codes.includes(error.code))
  return isAll ? failed.map(({error}) => path.resolve(workingDir, absentPathOf(error)!)) : []
}

/** Where Compose looks for a `.env`. */
function directoryOf({baseDir, workingDir}: BuildSearch, [first]: readonly string[]): string {
  return first === undefined ? baseDir : path.dirname(path.resolve(workingDir, first))
}

/** From the root of the repository to a directory; its own name without a repository, or at the root. */
function listFolders(directory: string): string[] {
  const relative = path.relative(findRepository(directory) ?? directory, directory)
  return relative === '' ? [path.basename(directory)] : relative.split(path.sep)
}

/** Compose files beside those that are read. */
function listOtherFiles(
  files: ProjectFiles,
  {projectDir}: ComposeProject,
  read: readonly string[],
): readonly string[] {
  const own = new Set(read.map((file) => path.basename(file)))
  return files.listNames(projectDir).filter((name) => isVariantName(name) && !own.has(name))
}

/** Folders that hold no project of their own. */
const OF_OTHERS =
  /^(?:node_modules|vendor|third_party|\.git|\.venv|venv|examples?|testdata|fixtures?|tests?)$/

/** Where DIR has no compose file, those of the only folder below that has one. */
function findFiles(search: BuildSearch, given: readonly string[]): readonly string[] {
  const {baseDir, files, isExcluded, env} = search
  const isThere = (directory: string) =>
    files.listNames(directory).some((name) => COMPOSE_FILE_NAMES.includes(name))
  if (given.length > 0 || env.COMPOSE_FILE || isThere(baseDir)) return given
  const folders = files
    .listNames(baseDir)
    .filter((name) => !OF_OTHERS.test(name) && !isExcluded(name) && isThere(path.join(baseDir, name)))
  const [folder, ...others] = folders
  if (folder === undefined) return given
  if (others.length > 0) {
    throw new SlimCheckError('several-compose-files', {
      path: search.given,
      found: folders.map((name) => showPath(search, path.join(baseDir, name))),
    })
  }
  const names = files.listNames(path.join(baseDir, folder))
  const main = COMPOSE_FILE_NAMES.find((name) => names.includes(name))!
  return [path.join(baseDir, folder, main)]
}

function checkNames(
  search: BuildSearch,
  {files}: ComposeProject,
  services: readonly ComposeService[],
  given: readonly string[],
): void {
  const known = services.map(({name}) => name)
  const unknown = given.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new SlimCheckError('build-unknown', {file: showPath(search, files[0]!), name: unknown, known})
}

/** As Compose does; where every service has a profile, all of them. */
function chooseActive(
  services: readonly ComposeService[],
  {environment}: ComposeProject,
  {profiles, services: named = []}: ComposeRequest,
): ComposeService[] {
  const active =
    profiles ?? (environment.lookup('COMPOSE_PROFILES') ?? '').split(',').map((name) => name.trim())
  const chosen = services.filter(
    (service) =>
      service.profiles.length === 0 ||
      active.includes('*') ||
      service.profiles.some((name) => active.includes(name)) ||
      named.includes(service.name),
  )
  return chosen.length === 0 ? [...services] : chosen
}

async function loadBuiltServices(
  {baseDir, given, workingDir, env}: BuildSearch,
  request: SharingRequest,
  project: ComposeProject,
  services: readonly ComposeService[],
): Promise<Project> {
  const names = services.filter(({build}) => build !== null).map(({name}) => name)
  if (names.length === 0) return {builds: [], failed: []}
  const {indexDir = null, onProgress, readings} = request
  try {
    const {builds} = await askBuilds(
      {
        build: {contextDir: given, workingDir},
        choice: {composeFiles: project.files, profiles: ['*'], env},
        readings,
      },
      {budgets: {}, builds: [], rules: new Map(), keep: []},
    )
    const wanted = builds.filter(({name}) => name !== undefined && names.includes(name))
    return await loadProject(wanted, baseDir, {
      indexDir,
      ...(onProgress && {onProgress}),
      readings,
    })
  } catch (error) {
    // The only build cannot start, or none is read from here; what the services say can be judged.
    if (!(error instanceof SlimCheckError) || !STOPPED.has(error.code)) throw error
    const isBuild = names.length === 1 && error.code !== 'no-builds'
    return {builds: [], failed: isBuild ? [{name: names[0]!, options: {contextDir: given}, error}] : []}
  }
}

/** Errors of the only build: its service is reported without it. */
const STOPPED: ReadonlySet<string> = new Set([
  'no-builds',
  'service-not-built',
  'build-file-invalid',
  'context-not-found',
  'dockerfile-not-found',
  'dockerfile-invalid',
  'target-not-found',
  'context-is-url',
])

/** The builds of services, by service: what is the same for several is described once. */
function describeBuilds(
  builds: Project['builds'],
  show: (hostPath: string) => string,
): Map<string, ServiceBuild> {
  const described = new Map<string, ServiceBuild>()
  for (const {plan, graph, context, asked} of builds) {
    if (graph === null) continue
    const same = [...described.values()].find(
      (one) =>
        one.graph === graph &&
        one.contextPath === context.hostPath &&
        one.plan.dockerfile!.path === plan.dockerfile!.path,
    )
    described.set(asked.name!, same ? {...same, plan} : describeBuild({plan, graph, context}, show))
  }
  return described
}

function describeBuild(
  {plan, graph, context}: Pick<LoadedPlan, 'plan' | 'context'> & {graph: BuildGraph},
  show: (hostPath: string) => string,
): ServiceBuild {
  const {tree, hostPath} = context
  const rules = plan.context.ignoreFile?.rules ?? null
  const evidence = readBeginnings(hostPath, listEvidence(tree, WANTED, rules))
  const {services: _, ...bare} = plan
  const proof = createProofInput({plan: bare, graph}, tree, evidence, [])
  const dockerfile = dockerfileOf(plan)
  return {
    plan,
    graph,
    tree,
    contextPath: hostPath,
    file: dockerfile === null ? 'dockerfile_inline' : show(dockerfile),
    evidence,
    proof,
    timeline: proof.timelines!.find(({isTarget}) => isTarget)!,
  }
}

function readText(files: ProjectFiles, file: string): ComposeText {
  const read = files.read(file)
  if (read.status !== 'read') return {text: '', documents: []}
  return {text: read.text, documents: readYamlText(read, files) ?? []}
}
