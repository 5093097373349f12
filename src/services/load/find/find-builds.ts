import path from 'node:path'
import {SlimCheckError} from '../../../errors.js'
import {createProjectFiles} from '../../../host/files/create-project-files.js'
import {openContext} from '../../../host/files/open-context.js'
import type {Location} from '../../../languages/text/range.js'
import {BAKE_FILE_NAMES} from '../../../plan/bake/bake-file-names.js'
import {isSpecialContext} from '../../../plan/build-location.js'
import type {BuildOptions} from '../../../plan/build-options.js'
import {placeAccess} from '../../../plan/build-secrets.js'
import {type AskedSources, type BuildSource, chooseSource} from '../../../plan/choose-source.js'
import {isComposeName} from '../../../plan/compose/choose-compose-files.js'
import {type BuildProblem, isThere, type NamedBuild} from '../../../plan/named-build.js'
import type {ProjectFiles} from '../../../plan/project-files.js'
import {placeService} from '../../../plan/service-run.js'
import {
  type BuildSearch,
  createExclusion,
  type SearchResult,
  showPath,
  toSlimCheckError,
} from './build-search.js'
import {discoverBuilds, findRootBuild} from './discover-builds.js'
import {listMeagreBuilds} from './list-meagre-builds.js'

/** What is wrong with a file that can be done without. */
const PASSED_OVER: ReadonlySet<string> = new Set(['build-file-invalid', 'bake-needs-buildx', 'no-builds'])

/** Where builds are looked for. Without a choice see `chooseSource`. */
export interface FindOptions {
  /** DIR as given. */
  contextDir: string
  /** Default: the process's. */
  workingDir?: string
  /** Default: the process's. */
  env?: NodeJS.ProcessEnv
  /** Compose files, in merging order; empty: the default names in DIR. Relative to the working directory. */
  composeFiles?: readonly string[]
  /** Ask `docker compose config` instead of reading the compose files. */
  composeCli?: boolean
  /** Bake files, in merging order; empty: the default names in DIR. Relative to the working directory. */
  bakeFiles?: readonly string[]
  /** Services, bake targets or groups to keep. Default: all that are built by default. */
  services?: readonly string[]
  /** Compose profiles. Default: `COMPOSE_PROFILES`. */
  profiles?: readonly string[]
  /** Look for every Dockerfile below DIR. */
  allDockerfiles?: boolean
  /** Read DIR's GitHub workflows. */
  workflows?: boolean
  /** Patterns of paths below DIR where nothing is looked for. */
  excluded?: readonly string[]
  /** How the disk is read. Default: each file once, anew. */
  files?: ProjectFiles
}

/** A place in a file, as the user knows the file. */
interface FoundPlace {
  file: string
  /** 1-based. */
  line: number
}

/** One build, ready for `loadPlan`. */
export interface FoundBuild {
  /** The service, bake target, job or Dockerfile. */
  name: string
  options: BuildOptions
  /** What tells of it; null where that cannot be told. */
  origin: FoundPlace | null
  /** Where its context and its Dockerfile are written, if they are. */
  contextOrigin?: FoundPlace
  dockerfileOrigin?: FoundPlace
  /** The context was guessed. */
  isGuess: boolean
  /** What a person should know about it: why a guess, what is only known elsewhere. */
  note?: string
}

interface FoundProblem {
  file: string
  line?: number
  message: string
  severity: 'error' | 'warning' | 'info'
  fix?: string
}

export interface FoundBuilds {
  /** At least one. */
  builds: FoundBuild[]
  problems: FoundProblem[]
  source: BuildSource
  /** The files that told. */
  files: string[]
}

/**
 * Finds the builds of a directory. Whether their Dockerfiles and contexts are there is not looked at.
 * @throws SlimCheckError for what was asked for and is not there or broken, with the file and the line
 */
export async function findBuilds(options: FindOptions): Promise<FoundBuilds> {
  const search = openSearch(options)
  const broken: FoundProblem[] = []
  try {
    const asked = listAsked(options)
    const hasRootDockerfile = findRootBuild(search) !== null
    // What reads compose files is large, and the usual build is one Dockerfile and nothing asked for.
    const isPlain = hasRootDockerfile && !Object.values(asked).includes(true)
    const compose = isPlain ? null : await import('./find-compose-builds.js')
    const unable = new UnableBuilds(search.files, asked.services)
    const source = chooseSource(asked, {
      hasRootDockerfile: () => hasRootDockerfile,
      hasComposeBuilds: () => {
        const report = (error: unknown): void => void broken.push(describeBroken(search, error))
        const result = compose?.tryComposeBuilds(search, report) ?? null
        return result !== null && unable.isAble('compose', result)
      },
      hasBakeFile: () =>
        search.files.listNames(search.baseDir).some((name) => BAKE_FILE_NAMES.includes(name)),
    })
    const isUnasked = source === 'bake' && !asked.bake && !asked.services
    const bake = isUnasked ? await tryBake(search, unable, broken) : null
    const chosen = isUnasked && bake === null ? 'discovery' : source
    const found = bake ?? (await findFrom(chosen, search, options))
    const {result, replaced} = unable.addTo(found)
    return {
      builds: noteRepeats(result.builds.map((build) => toFound(search, build, options))),
      problems: [...broken, ...result.problems.map((problem) => toFoundProblem(search, problem))],
      source: replaced ?? chosen,
      files: result.files.map((file) => showPath(search, file)),
    }
  } catch (error) {
    throw toSlimCheckError(search, error)
  }
}

/**
 * Builds of a file that nobody named, none of which can start: the next source is asked, and they are told beside its
 * builds. Without any Dockerfile elsewhere they are what there is.
 */
class UnableBuilds {
  /** The first source that has only such builds. */
  private first: {source: BuildSource; result: SearchResult} | null = null

  constructor(
    private readonly files: ProjectFiles,
    /** The user wants these builds, able or not. */
    private readonly areNamed: boolean,
  ) {}

  /** Tells whether a source has a build that can start; takes its builds where it has none. */
  isAble(source: BuildSource, result: SearchResult): boolean {
    if (result.builds.length === 0) return false
    if (this.areNamed || result.builds.some((build) => isThere(build, this.files))) return true
    this.first ??= {source, result}
    return false
  }

  addTo(found: SearchResult): {result: SearchResult; replaced?: BuildSource} {
    if (this.first === null) return {result: found}
    const {source, result} = this.first
    const [only] = found.builds
    const hasNone = only?.dockerfilePath === undefined && only?.isGuess === true
    if (hasNone) return {result, replaced: source}
    return {
      result: {
        builds: [...found.builds, ...result.builds],
        problems: [...found.problems, ...result.problems],
        files: [...found.files, ...result.files],
      },
    }
  }
}

/** A bake file that nobody asked for is passed over where it cannot be read, but not in silence. */
async function tryBake(
  search: BuildSearch,
  unable: UnableBuilds,
  broken: FoundProblem[],
): Promise<SearchResult | null> {
  const {findBakeBuilds} = await import('./find-bake-builds.js')
  try {
    const result = await findBakeBuilds(search, [])
    return unable.isAble('bake', result) ? result : null
  } catch (error) {
    broken.push(describeBroken(search, error))
    return null
  }
}

function listAsked(options: FindOptions): AskedSources {
  return {
    compose: options.composeFiles !== undefined,
    bake: options.bakeFiles !== undefined,
    workflows: options.workflows === true,
    allDockerfiles: options.allDockerfiles === true,
    services: (options.services ?? []).length > 0,
  }
}

/** Files that nobody asked for are passed over when they are broken, but not in silence. */
function describeBroken(search: BuildSearch, error: unknown): FoundProblem {
  const shown = toSlimCheckError(search, error)
  if (!(shown instanceof SlimCheckError) || !PASSED_OVER.has(shown.code)) throw error
  const {file, line, reason, what} = shown.data as Record<'file' | 'reason' | 'what', string> & {
    line?: number
  }
  const message = `the file is skipped: ${reason ?? what}`
  return {file, ...(line != null && {line}), message, severity: 'warning'}
}

function toFoundProblem(search: BuildSearch, {place, ...problem}: BuildProblem): FoundProblem {
  return {file: showPath(search, place.file), line: place.line, ...problem}
}

/** @throws SlimCheckError where DIR is no directory */
export function openSearch(options: FindOptions): BuildSearch {
  const workingDir = path.resolve(options.workingDir ?? process.cwd())
  return {
    given: options.contextDir,
    baseDir: openContext(options.contextDir, workingDir),
    workingDir,
    env: options.env ?? process.env,
    files: options.files ?? createProjectFiles(),
    names: options.services ?? [],
    isExcluded: createExclusion(options.excluded ?? []),
  }
}

async function findFrom(
  source: BuildSource,
  search: BuildSearch,
  options: FindOptions,
): Promise<SearchResult> {
  switch (source) {
    case 'compose': {
      const {composeFiles = [], profiles} = options
      const {askComposeBuilds, findComposeBuilds} = await import('./find-compose-builds.js')
      const find = options.composeCli ? askComposeBuilds : findComposeBuilds
      return find(search, {composeFiles, profiles})
    }
    case 'bake': {
      const {findBakeBuilds} = await import('./find-bake-builds.js')
      return findBakeBuilds(search, options.bakeFiles ?? [])
    }
    case 'workflow': {
      const {findWorkflowBuilds} = await import('./find-workflow-builds.js')
      return keepNamed(search, await findWorkflowBuilds(search))
    }
    case 'discovery':
      return discover(search, options.allDockerfiles === true)
  }
}

/** Without any Dockerfile there is one build: everything. */
async function discover(search: BuildSearch, isAll: boolean): Promise<SearchResult> {
  const root = findRootBuild(search)
  if (root !== null && !isAll && search.names.length === 0) {
    const {builds, problems} = await readServices(search, root)
    const meagre = await listMeagreBuilds(search, [root])
    return {builds, problems: [...problems, ...meagre], files: [root.dockerfilePath!]}
  }
  const found = await discoverBuilds(search)
  const meagre = await listMeagreBuilds(search, found.builds)
  const result = {...found, problems: [...found.problems, ...meagre]}
  if (result.builds.length > 0 || search.names.length > 0) return keepNamed(search, result)
  const {given, baseDir} = search
  const empty = {buildArgs: new Map(), buildContexts: new Map(), place: null}
  const note = 'no Dockerfile was found, so the sizes are those of COPY . .'
  return {...result, builds: [{name: given, contextPath: baseDir, ...empty, isGuess: true, note}]}
}

/** Compose is not asked which builds there are, but what runs the image, and whether its own builds can start. */
async function readServices(
  search: BuildSearch,
  root: NamedBuild,
): Promise<Pick<SearchResult, 'builds' | 'problems'>> {
  const {baseDir, files} = search
  // What reads compose files is large.
  if (!files.listNames(baseDir).some(isComposeName)) return {builds: [root], problems: []}
  const {findBrokenServices, listServicesOf} = await import('./find-compose-builds.js')
  const services = listServicesOf(search, root)
  const build = services.length === 0 ? root : {...root, services}
  return {builds: [build], problems: findBrokenServices(search)}
}

function keepNamed(search: BuildSearch, result: SearchResult): SearchResult {
  if (search.names.length === 0) return result
  const known = result.builds.map(({name}) => name)
  const unknown = search.names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new SlimCheckError('build-unknown', {file: search.given, name: unknown, known})
  }
  return {...result, builds: result.builds.filter(({name}) => search.names.includes(name))}
}

export function toFound(
  search: BuildSearch,
  build: SearchResult['builds'][number],
  {workingDir}: FindOptions,
): FoundBuild {
  const {name, dockerfileInline, target, buildArgs, unknownArgs, platform, note} = build
  const {place, contextPlace, dockerfilePlace} = build
  const show = ({file, line}: Location): FoundPlace => ({file: showPath(search, file), line})
  const contexts = [...build.buildContexts].map(
    ([key, value]) => [key, isSpecialContext(value) ? value : showPath(search, value)] as const,
  )
  const dockerfile = findDockerfile(search, build)
  return {
    name,
    options: {
      contextDir: showPath(search, build.contextPath),
      ...(dockerfile !== undefined && {dockerfile: showPath(search, dockerfile)}),
      ...(build.isGuess && dockerfile !== undefined && {isSearched: true}),
      ...(build.isVague && {isVague: true}),
      ...(isOpen(build) && {isOpen: true}),
      ...(build.workspace !== undefined && {
        workspace: {...build.workspace, place: show(build.workspace.place)},
      }),
      ...(dockerfileInline !== undefined && {dockerfileContent: new TextEncoder().encode(dockerfileInline)}),
      ...(target !== undefined && {target}),
      ...(buildArgs.size > 0 && {buildArgs: Object.fromEntries(buildArgs)}),
      ...(unknownArgs !== undefined && {unknownArgs: Object.fromEntries(unknownArgs)}),
      ...(platform !== undefined && {platform}),
      ...(contexts.length > 0 && {buildContexts: Object.fromEntries(contexts)}),
      ...placeAccess(build, (file) => showPath(search, file)),
      ...(workingDir !== undefined && {workingDir}),
      ...(build.services !== undefined && {
        services: build.services.map((service) => placeService(service, (file) => showPath(search, file))),
      }),
    },
    origin: place && show(place),
    ...(contextPlace && {contextOrigin: show(contextPlace)}),
    ...(dockerfilePlace && {dockerfileOrigin: show(dockerfilePlace)}),
    isGuess: build.isGuess === true,
    ...(note !== undefined && {note}),
  }
}

/** No file tells of it but its own, or a file gives an argument that is empty: it waits for a variable to be set. */
function isOpen({place, dockerfilePath, buildArgs}: NamedBuild): boolean {
  return place?.file === dockerfilePath || [...buildArgs.values()].includes('')
}

/** Docker takes `dockerfile` where there is no `Dockerfile`, whatever tells of the build. */
function findDockerfile({files}: BuildSearch, {dockerfilePath}: NamedBuild): string | undefined {
  if (dockerfilePath === undefined || path.basename(dockerfilePath) !== 'Dockerfile') return dockerfilePath
  const directory = path.dirname(dockerfilePath)
  const names = files.listNames(directory)
  return !names.includes('Dockerfile') && names.includes('dockerfile')
    ? path.join(directory, 'dockerfile')
    : dockerfilePath
}

/** Services often share one image: sums must count it once. */
function noteRepeats(builds: readonly FoundBuild[]): FoundBuild[] {
  const first = new Map<string, string>()
  return builds.map((build) => {
    const {dockerfileContent, services: _services, secrets: _secrets, ssh: _ssh, ...options} = build.options
    const key = JSON.stringify([
      options,
      dockerfileContent && Buffer.from(dockerfileContent).toString('base64'),
    ])
    const known = first.get(key)
    if (known === undefined) first.set(key, build.name)
    return known === undefined || build.note !== undefined
      ? build
      : {...build, note: `the same build as ${known}`}
  })
}
