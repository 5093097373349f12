import path from 'node:path'
import {findDockerfiles} from '../../host/files/find-dockerfiles.js'
import {chooseContext} from '../../plan/discover/choose-context.js'
import {
  DOCKERFILE_PATTERNS,
  IGNORED_PATTERNS,
  MAX_DEPTH,
  MAX_DOCKERFILES,
  NAME_PART,
} from '../../plan/discover/dockerfile-names.js'
import type {NamedBuild} from '../../plan/named-build.js'
import type {BuildSearch, SearchResult} from './build-search.js'

const LIMIT_MS = 10_000
const DEFAULT_NAMES = ['Dockerfile', 'dockerfile']

/** Finds the Dockerfile that `docker build DIR` uses; null without one. */
export function findRootBuild({baseDir, files}: BuildSearch): NamedBuild | null {
  const names = files.listNames(baseDir)
  const name = DEFAULT_NAMES.find((candidate) => names.includes(candidate))
  return name === undefined ? null : createBuild(name, baseDir, path.join(baseDir, name))
}

/** Finds every Dockerfile below DIR, the root's first, each with the context that it is probably built with. */
export async function discoverBuilds(search: BuildSearch): Promise<SearchResult> {
  const {baseDir, files} = search
  const root = findRootBuild(search)
  const {paths, isCut} = await findDockerfiles(baseDir, {
    patterns: DOCKERFILE_PATTERNS,
    ignoredPatterns: IGNORED_PATTERNS,
    namePart: NAME_PART,
    maxDepth: MAX_DEPTH,
    maxCount: MAX_DOCKERFILES,
    limitMs: LIMIT_MS,
  })
  const result: SearchResult = {builds: root === null ? [] : [root], problems: [], files: []}
  for (const relative of paths) {
    const hostPath = path.join(baseDir, relative)
    result.files.push(hostPath)
    if (relative === root?.name) continue
    const read = files.read(hostPath)
    const content = read.status === 'read' ? read.text : ''
    const {contextPath, reason} = chooseContext(hostPath, content, baseDir, files)
    result.builds.push({...createBuild(relative, contextPath, hostPath), isGuess: true, note: reason})
  }
  if (isCut) {
    const message = `there are more Dockerfiles than the ${paths.length} that are shown`
    result.problems.push({severity: 'warning', message, place: {file: baseDir, line: 1}})
  }
  return result
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
