import path from 'node:path'
import {findNearPath} from '../../../advice/facts/find-near-path.js'
import type {ContextView} from '../../../build/cache/context-view.js'
import {SlimCheckError} from '../../../errors.js'
import {isGlob, matchesGlob} from '../../../languages/text/matches-glob.js'
import type {CacheRemark} from '../../../report/cache-report.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import {decidePath} from '../../entries/decide-path.js'
import type {Build} from '../../project.js'

/** The paths that change, and what is to know of them. */
interface ChangedPaths {
  /** Relative to the context, each once. */
  paths: string[]
  remarks: CacheRemark[]
}

/**
 * Finds what paths given on the command line mean in a context: files, directories, globs, and files that are not there
 * yet. `**` stands for any directories.
 * @param given relative to the working directory
 * @throws SlimCheckError `path-outside-context`, `path-is-context`
 */
export function resolveChanged(
  given: readonly string[],
  workingDir: string,
  build: Build,
  view: ContextView,
): ChangedPaths {
  const resolved = given.map((one) => resolveOne(one, toRelative(one, workingDir, build), build, view))
  return {
    paths: [...new Set(resolved.flatMap(({paths}) => paths))],
    remarks: resolved.flatMap(({remark}) => remark ?? []),
  }
}

function toRelative(given: string, workingDir: string, {context, plan}: Build): string {
  const relative = path.relative(context.hostPath, path.resolve(workingDir, given)).split(path.sep).join('/')
  if (relative === '') throw new SlimCheckError('path-is-context', {path: plan.context.path})
  if (relative === '..' || relative.startsWith('../') || path.isAbsolute(relative)) {
    throw new SlimCheckError('path-outside-context', {path: given, context: plan.context.path})
  }
  return relative
}

function resolveOne(
  given: string,
  relative: string,
  build: Build,
  view: ContextView,
): {paths: string[]; remark: CacheRemark | null} {
  const {tree} = view
  const entry = tree.find(relative)
  const nothing = {path: given, fileCount: 0, near: null, ignoredBy: null}
  const ignoredBy = findIgnoring(build, relative)
  if (ignoredBy !== undefined && (entry < 0 || !view.isSent(entry)))
    return {paths: [relative], remark: {...nothing, kind: 'ignored', fileCount: 1, ignoredBy}}
  if (entry < 0 && isGlob(relative)) {
    const paths = listMatches(tree, relative)
    const near = paths.length === 0 ? findNear(relative, build) : null
    return {paths, remark: {...nothing, kind: 'pattern', fileCount: paths.length, near}}
  }
  if (entry < 0) {
    return {
      paths: [relative],
      remark: {...nothing, kind: 'new', fileCount: 1, near: findNear(relative, build)},
    }
  }
  if (tree.isDirectory(entry)) {
    return {paths: [relative], remark: {...nothing, kind: 'directory', fileCount: countFiles(tree, entry)}}
  }
  const isTaken = view.isSent(entry)
  return {paths: [relative], remark: isTaken ? null : {...nothing, kind: 'not-taken', fileCount: 1}}
}

/** The line that keeps a path out; null: it has none; undefined: the path is not ignored. */
function findIgnoring({plan}: Build, relative: string): CacheRemark['ignoredBy'] | undefined {
  const {ignoreFile} = plan.context
  if (ignoreFile === null) return undefined
  const {ignored, by} = decidePath(ignoreFile, relative)
  if (!ignored) return undefined
  return by === undefined ? null : {file: ignoreFile.path, line: by.line, pattern: by.pattern}
}

function findNear(relative: string, {context, plan}: Build): string | null {
  const near = findNearPath(context.tree, relative, path.basename(plan.context.hostPath))
  if (near?.kind === 'deeper') return near.paths[0]!
  return near !== null && 'path' in near ? near.path : null
}

function countFiles(tree: FileTree, directory: number): number {
  let count = 0
  for (let at = directory + 1; at < tree.endOf(directory); at++) if (!tree.isDirectory(at)) count++
  return count
}

/** The files that a glob meets; a directory that it meets stands for all in it. */
function listMatches(tree: FileTree, glob: string): string[] {
  const components = glob.split('/')
  const matches: string[] = []
  for (let entry = 0; entry < tree.length; entry++) {
    if (tree.isDirectory(entry)) continue
    const inner = tree.pathOf(entry)
    if (matchesPath(components, inner.split('/'))) matches.push(inner)
  }
  return matches
}

/** Whether a path, or a directory that it lies in, matches. */
function matchesPath(components: readonly string[], names: readonly string[]): boolean {
  const [component, ...rest] = components
  if (component === undefined) return true
  if (component === '**') {
    return (
      names.some((_, at) => matchesPath(rest, names.slice(at))) || (rest.length === 0 && names.length > 0)
    )
  }
  const [name, ...others] = names
  return name !== undefined && matchesGlob(component, name) && matchesPath(rest, others)
}
