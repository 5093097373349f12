import path from 'node:path'
import {readAskedPaths} from '../../../build/graph/requests/requested-paths.js'
import {findDockerfiles} from '../../../host/files/find-dockerfiles.js'
import {isDockerfileName} from '../../../languages/dockerfile/dockerfile-name.js'
import {type ContextGuess, chooseContext, countSources} from '../../../plan/discover/choose-context.js'
import {
  DOCKERFILE_PATTERNS,
  IGNORED_PATTERNS,
  MAX_DEPTH,
  MAX_DOCKERFILES,
  NAME_PART,
} from '../../../plan/discover/dockerfile-names.js'
import {isThere, keepDifferent, type NamedBuild} from '../../../plan/named-build.js'
import type {BuildSearch, SearchResult} from './build-search.js'
import type {ToldBuilds} from './told-builds.js'

const LIMIT_MS = 10_000
const DEFAULT_NAMES = ['Dockerfile', 'dockerfile']

/** Finds the Dockerfile that `docker build DIR` uses; null without one. */
export function findRootBuild({baseDir, files}: BuildSearch): NamedBuild | null {
  const names = files.listNames(baseDir)
  const name = DEFAULT_NAMES.find((candidate) => names.includes(candidate))
  return name === undefined ? null : createBuild(name, baseDir, path.join(baseDir, name))
}

/**
 * Finds every Dockerfile below DIR, the root's first. A file that tells how one is built counts; else its context is a
 * guess.
 */
export async function discoverBuilds(search: BuildSearch): Promise<SearchResult> {
  const {baseDir} = search
  const root = findRootBuild(search)
  const {paths, isCut} = await findDockerfiles(baseDir, {
    patterns: DOCKERFILE_PATTERNS,
    ignoredPatterns: IGNORED_PATTERNS,
    namePart: NAME_PART,
    isExcluded: (found) => !isDockerfileName(path.posix.basename(found)) || search.isExcluded(found),
    maxDepth: MAX_DEPTH,
    maxCount: MAX_DOCKERFILES,
    limitMs: LIMIT_MS,
  })
  const {findToldBuilds} = await import('./find-told-builds.js')
  const told = await findToldBuilds(
    search,
    paths.map((relative) => path.join(baseDir, relative)),
  )
  const result: SearchResult = {builds: root === null ? [] : [root], problems: [], files: []}
  for (const relative of paths) {
    result.files.push(path.join(baseDir, relative))
    if (relative !== root?.name) result.builds.push(...describeDockerfile(search, relative, told, paths))
  }
  result.builds.push(...listOthers(search, paths, told))
  result.builds = nameApart(search, result.builds)
  if (isCut) {
    const message = `there are more Dockerfiles; ${paths.length} are shown`
    result.problems.push({severity: 'warning', message, place: {file: baseDir, line: 1}})
  }
  return result
}

/** The builds of a Dockerfile: as compose files and development containers tell, else a workflow, else a guess. */
function describeDockerfile(
  search: BuildSearch,
  relative: string,
  {named, ofWorkflows, ofTools, ofScripts}: ToldBuilds,
  paths: readonly string[],
): SearchResult['builds'] {
  const {baseDir, files} = search
  const hostPath = path.join(baseDir, relative)
  const isMeant = ({dockerfilePath, contextPath}: NamedBuild): boolean =>
    dockerfilePath === hostPath && files.listNames(contextPath).length > 0
  const told = keepDifferent(named.filter(isMeant))
  const ofTool = ofTools.find(isMeant)
  const ofScript = ofTool ?? ofScripts.find(isMeant)
  if (told.length > 0) {
    if (ofScript === undefined) return told
    const built = told.filter((one) => !isEmptier(search, hostPath, one, ofScript))
    return built.length > 0 ? built : [createBuild(relative, ofScript.contextPath, hostPath)]
  }
  const [ofWorkflow] = ofWorkflows.filter(isMeant)
  if (ofWorkflow !== undefined) {
    // The build is wanted here, not in the workflow.
    const {note: _, workspace: __, ...build} = ofWorkflow
    return [{...build, name: relative}]
  }
  const {contextPath, reason, isVague, isPlain} = guessContext(search, relative, paths)
  const guess = createBuild(relative, contextPath, hostPath)
  // `docker build .` beside a Dockerfile that is written for a folder above: nobody runs that any more
  const isStale =
    ofTool === undefined &&
    ofScript?.contextPath === path.dirname(hostPath) &&
    isEmptier(search, hostPath, ofScript, guess)
  if (ofScript !== undefined && !isStale) return [createBuild(relative, ofScript.contextPath, hostPath)]
  const isSure = isPlain === true || (contextPath === baseDir && path.dirname(hostPath) === baseDir)
  return [
    {
      ...guess,
      isGuess: true,
      ...(isVague && {isVague}),
      ...(!isSure && {note: reason}),
    },
  ]
}

/**
 * Whether the context of one build has less than half of what its Dockerfile asks for, and that of another one all: a
 * service that a script builds is there to be run.
 */
function isEmptier({files}: BuildSearch, dockerfile: string, one: NamedBuild, other: NamedBuild): boolean {
  const read = files.read(dockerfile)
  const sources = (read.status === 'read' ? readAskedPaths(read.text) : null)?.paths ?? []
  const isWhole = sources.length > 0 && countSources(other.contextPath, sources, files) === sources.length
  return isWhole && countSources(one.contextPath, sources, files) * 2 < sources.length
}

/** By what it asks for; one that asks for nothing as the first Dockerfile beside it that does. */
function guessContext(search: BuildSearch, relative: string, paths: readonly string[]): ContextGuess {
  const own = guessAlone(search, relative)
  if (!own.isBlind) return own
  const folder = path.posix.dirname(relative)
  for (const other of paths) {
    if (other === relative || path.posix.dirname(other) !== folder) continue
    const {contextPath, isBlind} = guessAlone(search, other)
    if (!isBlind)
      return {
        contextPath,
        reason: `no COPY names a path that shows it; as "${other}" beside it`,
        ...(own.isPlain && {isPlain: true}),
      }
  }
  return own
}

function guessAlone({baseDir, files}: BuildSearch, relative: string): ContextGuess {
  const hostPath = path.join(baseDir, relative)
  const read = files.read(hostPath)
  const content = read.status === 'read' ? read.text : ''
  return chooseContext({path: hostPath, content, asked: readAskedPaths(content)}, baseDir, files)
}

/** What is told of Dockerfiles that no search finds: inline ones, and those with other names. */
function listOthers(
  {baseDir, files}: BuildSearch,
  paths: readonly string[],
  {named}: ToldBuilds,
): NamedBuild[] {
  const found = new Set(paths.map((relative) => path.join(baseDir, relative)))
  return keepDifferent(
    named.filter((build) => !found.has(build.dockerfilePath ?? '') && isThere(build, files)),
  )
}

/** Services of several projects may have the same name: then it stands with its file. */
function nameApart({baseDir}: BuildSearch, builds: SearchResult['builds']): SearchResult['builds'] {
  const counts = new Map<string, number>()
  for (const {name} of builds) counts.set(name, (counts.get(name) ?? 0) + 1)
  return builds.map((build) => {
    if (counts.get(build.name) === 1 || build.place === null) return build
    const {file, line} = build.place
    const shown = path.relative(baseDir, file).split(path.sep).join('/')
    return {...build, name: `${build.name} (${shown}:${line})`}
  })
}

function createBuild(name: string, contextPath: string, dockerfilePath: string): NamedBuild {
  return {
    name,
    contextPath,
    dockerfilePath,
    buildArgs: new Map(),
    buildContexts: new Map(),
    place: {file: dockerfilePath, line: 1},
  }
}
