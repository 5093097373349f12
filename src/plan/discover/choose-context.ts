import path from 'node:path'
import {DockerfileError} from '../../errors.js'
import {evaluateDockerfile} from '../../languages/dockerfile/evaluate/evaluate-dockerfile.js'
import {parseDockerfile} from '../../languages/dockerfile/syntax/parse-dockerfile.js'
import {matchesName} from '../../languages/text/match-name.js'
import type {ProjectFiles} from '../project-files.js'

/** The directory that a Dockerfile is probably built with. */
export interface ContextGuess {
  /** Absolute. */
  contextPath: string
  /** Why. */
  reason: string
}

/** What is asked of a search: more steps than any COPY of a real Dockerfile takes. */
const MAX_MATCHES = 200

/**
 * Guesses the context of a Dockerfile: among its folder and the folders above, up to the root, the one below which most
 * of the paths exist that it asks for. Of several that are as good the nearest to the Dockerfile is taken, which is its
 * own folder for one that copies everything or nothing, and for one that cannot be read.
 * @param dockerfilePath absolute, below `rootDir`
 */
export function chooseContext(
  dockerfilePath: string,
  content: string,
  rootDir: string,
  files: ProjectFiles,
): ContextGuess {
  const own = path.dirname(dockerfilePath)
  const show = (directory: string): string =>
    path.relative(rootDir, directory).split(path.sep).join('/') || '.'
  const sources = listSources(content)
  if (sources === null)
    return {contextPath: own, reason: 'the Dockerfile cannot be read: its own folder is taken'}
  if (sources.length === 0) {
    return {contextPath: own, reason: 'no COPY names a path that would tell: its own folder is taken'}
  }
  let best = {contextPath: own, count: -1}
  for (const contextPath of listCandidates(own, rootDir)) {
    const count = sources.filter((source) => exists(contextPath, source, files)).length
    if (count > best.count) best = {contextPath, count}
    if (count === sources.length) break
  }
  const reason = `${best.count} of ${sources.length} COPY sources exist below ${show(best.contextPath)}`
  return {contextPath: best.contextPath, reason}
}

/** The paths that it asks the context for, the root left out; null if it is broken. */
function listSources(content: string): string[] | null {
  try {
    const {requests} = evaluateDockerfile(parseDockerfile(content))
    const own = requests.filter(({context, isRoot}) => context === null && !isRoot)
    return [...new Set(own.map((request) => request.path))]
  } catch (error) {
    if (error instanceof DockerfileError) return null
    throw error
  }
}

/** The folder itself first, the root last. */
function listCandidates(directory: string, rootDir: string): string[] {
  const candidates = [directory]
  let at = directory
  while (at !== rootDir && path.dirname(at) !== at) {
    at = path.dirname(at)
    candidates.push(at)
  }
  return candidates
}

/** Tells whether a requested path, wildcards included, stands for anything below a directory. */
function exists(contextPath: string, requested: string, files: ProjectFiles): boolean {
  let directories = [contextPath]
  const components = requested.split('/').filter((component) => component !== '' && component !== '.')
  for (const [index, component] of components.entries()) {
    const isLast = index === components.length - 1
    const next: string[] = []
    for (const directory of directories) {
      const names = files.listNames(directory)
      const matching = component === '**' ? names : names.filter((name) => isMatch(component, name))
      for (const name of matching) if (next.length < MAX_MATCHES) next.push(path.join(directory, name))
    }
    if (next.length === 0 || isLast) return next.length > 0
    directories = next
  }
  return true
}

function isMatch(component: string, name: string): boolean {
  return component === name || matchesName(component, name)
}
