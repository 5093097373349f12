import path from 'node:path'
import {BuildFileError, SlimCheckError} from '../../../errors.js'
import {ifSound} from '../../../languages/ignore/if-sound.js'
import {createIgnorePattern} from '../../../languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../../languages/ignore/pattern-matcher.js'
import {isSpecialContext} from '../../../plan/build-location.js'
import {findTemplateSign} from '../../../plan/find-template-sign.js'
import type {BuildProblem, NamedBuild} from '../../../plan/named-build.js'
import type {ProjectFiles} from '../../../plan/project-files.js'

/** What every search for builds is given. */
export interface BuildSearch {
  /** DIR as given: what is found below it is shown below it. */
  given: string
  /** Absolute. */
  baseDir: string
  /** Absolute: where paths on the command line start. */
  workingDir: string
  env: NodeJS.ProcessEnv
  files: ProjectFiles
  /** Services or targets that the user named; empty: the default ones. */
  names: readonly string[]
  /** Tells whether nothing is looked for at a path, relative to DIR and `/`-separated. */
  isExcluded: (path: string) => boolean
}

/** What a search finds. */
export interface SearchResult {
  builds: (NamedBuild & {isGuess?: true; isVague?: true})[]
  problems: BuildProblem[]
  /** Absolute, in the order in which they were read. */
  files: string[]
}

/** Makes the test of `isExcluded` from patterns of an ignore file. */
export function createExclusion(patterns: readonly string[]): BuildSearch['isExcluded'] {
  if (patterns.length === 0) return () => false
  const matcher = new PatternMatcher(patterns.map((text) => createIgnorePattern(text)))
  return (relative) => ifSound(() => matcher.matchPath(relative).matched) === true
}

/** Shows a path below DIR as the user gave DIR; safe to hand on as a path. */
export function showPath({given, baseDir}: BuildSearch, hostPath: string): string {
  const shown = path.join(given, path.relative(baseDir, hostPath)) || '.'
  return shown.startsWith('-') || isSpecialContext(shown) ? `.${path.sep}${shown}` : shown
}

/** Resolves the files of a flag and makes sure that they can be read. @throws SlimCheckError */
export function resolveNamedFiles(search: BuildSearch, given: readonly string[]): string[] {
  return given.map((name) => {
    const hostPath = path.resolve(search.workingDir, name)
    const read = search.files.read(hostPath)
    if (read.status === 'missing') throw new SlimCheckError('build-file-missing', {path: name})
    if (read.status === 'unreadable') {
      throw new SlimCheckError('build-file-unreadable', {path: name, reason: read.reason})
    }
    return hostPath
  })
}

/** Says an error of a reader with the file as the user knows it; anything else stays what it is. */
export function toSlimCheckError(search: BuildSearch, error: unknown): unknown {
  if (!(error instanceof BuildFileError)) return error
  const {file, line, message} = error
  const read = search.files.read(file)
  const template = line === null || read.status !== 'read' ? null : findTemplateSign(read.text, line)
  return new SlimCheckError('build-file-invalid', {
    file: showPath(search, file),
    line,
    reason: message,
    ...(template !== null && {template}),
  })
}

/** Nothing is left to analyse: the first error says why, if there is one. @throws SlimCheckError always */
export function failWithoutBuilds(search: BuildSearch, {problems, files}: SearchResult, what: string): never {
  const error = problems.find(({severity}) => severity === 'error')
  const file = showPath(search, error?.place.file ?? files[0] ?? search.baseDir)
  if (error === undefined) {
    const why = problems[0] && `: ${problems[0].message}`
    throw new SlimCheckError('no-builds', {file, what: `${what}${why ?? ''}`})
  }
  throw new SlimCheckError('build-file-invalid', {file, line: error.place.line, reason: error.message})
}
