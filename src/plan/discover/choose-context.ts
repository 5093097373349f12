import path from 'node:path'
import {matchesName} from '../../languages/text/match-name.js'
import type {ProjectFiles} from '../project-files.js'

/** The directory that a Dockerfile is probably built with. */
export interface ContextGuess {
  /** Absolute. */
  contextPath: string
  /** Why. */
  reason: string
  /** Nothing in the Dockerfile shows it. */
  isBlind?: true
  /** Nobody wonders: its own folder has all that it asks for, or it asks for nothing. */
  isPlain?: true
  /** It has less than half of what the Dockerfile asks for: another directory may be meant, or one that a build puts together. */
  isVague?: true
}

/** A Dockerfile that was found. */
export interface FoundDockerfile {
  /** Absolute, below the root of the search. */
  path: string
  content: string
  /** The paths that it asks its context for, the root left out, and whether it asks for the root; null if it is broken. */
  asked: {paths: readonly string[]; isWhole: boolean} | null
}

/** What is asked of a search: more steps than any COPY of a real Dockerfile takes. */
const MAX_MATCHES = 200

/**
 * Guesses the context of a Dockerfile: among its folder and the folders above, up to the root, the one below which most
 * of the paths exist that it asks for. Of several that are as good the nearest to the Dockerfile is taken. One that copies
 * everything is built with the nearest folder that holds the manifest which a RUN step reads, or else an ignore file; else
 * with its own, and so is one that cannot be read.
 */
export function chooseContext(
  dockerfile: FoundDockerfile,
  rootDir: string,
  files: ProjectFiles,
): ContextGuess {
  const {content, asked} = dockerfile
  const own = path.dirname(dockerfile.path)
  const show = (directory: string): string =>
    path.relative(rootDir, directory).split(path.sep).join('/') || '.'
  if (asked === null)
    return {contextPath: own, reason: 'the Dockerfile cannot be read, so its own folder is used'}
  const {paths: sources} = asked
  if (sources.length === 0) {
    const clue = asked.isWhole ? findClue(content, listCandidates(own, rootDir), files) : null
    if (clue === null)
      return {
        contextPath: own,
        reason: 'no COPY names a path that shows it, so its own folder is used',
        isBlind: true,
        ...(!asked.isWhole && {isPlain: true}),
      }
    return {contextPath: clue.contextPath, reason: `${clue.reason} lies in ${show(clue.contextPath)}`}
  }
  let best = {contextPath: own, count: -1}
  for (const contextPath of listCandidates(own, rootDir)) {
    const count = countSources(contextPath, sources, files)
    if (count > best.count) best = {contextPath, count}
    if (count === sources.length) break
  }
  const reason = `${best.count} of ${sources.length} COPY sources exist in ${show(best.contextPath)}`
  const isPlain = best.contextPath === own && best.count === sources.length
  return {
    contextPath: best.contextPath,
    reason,
    ...(isPlain && {isPlain}),
    ...(best.count * 2 < sources.length && {isVague: true}),
  }
}

/** Counts the paths that a directory has. @param sources as a Dockerfile asks for them */
export function countSources(contextPath: string, sources: readonly string[], files: ProjectFiles): number {
  return sources.filter((source) => exists(contextPath, source, files)).length
}

/** What a program that a RUN step starts reads in its working directory. */
const MANIFESTS: readonly [program: RegExp, manifest: RegExp][] = [
  [/\bcargo (?:build|install|test|chef)\b/, /^Cargo\.toml$/],
  [/\bgo (?:build|install|mod|test|generate)\b/, /^go\.(?:mod|work)$/],
  [/\b(?:npm|yarn|pnpm|bun)\b/, /^package\.json$/],
  [
    /\b(?:uv sync|poetry install|pdm install|pip install (?:\S+ )*(?:\.|-e))/,
    /^(?:pyproject\.toml|setup\.py)$/,
  ],
  [/\bpip3? install (?:\S+ )*-r\b/, /^requirements.*\.txt$/],
  [/\b(?:mvn|mvnw)\b/, /^pom\.xml$/],
  [/\b(?:gradle|gradlew)\b/, /^(?:build|settings)\.gradle(?:\.kts)?$/],
  [/\bbundle (?:install|exec)\b/, /^Gemfile$/],
  [/\bcomposer install\b/, /^composer\.json$/],
  [/\bmix (?:deps|compile|release)\b/, /^mix\.exs$/],
  [/\bdotnet (?:restore|build|publish)\b/, /\.(?:sln|slnx|[cf]sproj)$/],
  [/\bsbt\b/, /^build\.sbt$/],
  [/\bmake\b/, /^(?:GNU)?[Mm]akefile$/],
]

/** The nearest folder with a manifest that a step reads, or else with an ignore file; null without. */
function findClue(
  content: string,
  candidates: readonly string[],
  files: ProjectFiles,
): {contextPath: string; reason: string} | null {
  const wanted = MANIFESTS.filter(([program]) => program.test(content)).map(([, manifest]) => manifest)
  for (const contextPath of candidates) {
    const found = files.listNames(contextPath).find((name) => wanted.some((manifest) => manifest.test(name)))
    if (found !== undefined) return {contextPath, reason: `"${found}", which a RUN step reads,`}
  }
  const contextPath = candidates.find((one) => files.listNames(one).includes('.dockerignore'))
  return contextPath === undefined ? null : {contextPath, reason: 'the ignore file'}
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
    if (next.length === 0) return false
    if (isLast) return next.some((one) => !leadsOut(one, contextPath, files))
    directories = next
  }
  return true
}

/** Docker follows no link out of the context. */
function leadsOut(hostPath: string, contextPath: string, files: ProjectFiles): boolean {
  if (files.resolve === undefined) return false
  const real = files.resolve(hostPath)
  const root = files.resolve(contextPath)
  return real !== null && root !== null && real !== root && !real.startsWith(root + path.sep)
}

function isMatch(component: string, name: string): boolean {
  return component === name || matchesName(component, name)
}
