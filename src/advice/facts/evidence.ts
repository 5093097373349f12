/** Which files of a context a rule or a proof wants to read. It says so as a value; `services/load` reads them in one go. */

import type {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {isGlob, matchesGlob} from '../../languages/text/matches-glob.js'
import {askNames} from '../../tree/model/ask-names.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'

/** A wish to read the beginnings of some files. What is not there, or is no regular file, is left out. */
export interface EvidenceWant {
  /** Files by their paths in the context, the most important first. */
  paths?: readonly string[]
  /**
   * Files by globs as `matchesGlob` reads them, those nearest to the root first. One without a slash is for a name in
   * every directory but those of installed or generated files; one with a slash counts from the root, each component
   * for itself: `.github/workflows/*.yml`.
   */
  globs?: readonly string[]
  /** Only so much of a file's beginning. */
  maxBytes: number
  /** No more files than these: those of `paths` come first. */
  maxFiles: number
}

/** A file to read. */
export interface EvidenceFile {
  /** Relative to the context, `/`-separated. */
  path: string
  /** Only so much of its beginning. */
  maxBytes: number
}

/** Deeper than this no file of a project's own is looked for by its name. */
const MAX_DEPTH = 6

/** What is installed or generated says nothing about the project. */
const NOT_ENTERED =
  /^(?:node_modules|\.git|\.hg|\.svn|__pycache__|\.venv|venv|target|\.next|bower_components|\.tox)$/

/**
 * Lists the files of a tree that some wants name, each once, with the most bytes that anybody wants of it.
 * @param rules of the ignore file: what they keep out is no evidence for a build that does not get it
 */
export function listEvidence(
  tree: FileTree,
  wants: readonly EvidenceWant[],
  rules: IgnoreRules | null,
): EvidenceFile[] {
  const isEligible = (path: string) => rules === null || rules.matchesPath(path) === false
  const bytes = new Map<string, number>()
  for (const {paths = [], globs = [], maxBytes, maxFiles} of wants) {
    const there = paths.filter((path) => isRegularFile(tree, path))
    const found = new Set([...there, ...findByGlobs(tree, globs)])
    for (const path of takeFirst(found, maxFiles, isEligible)) {
      bytes.set(path, Math.max(bytes.get(path) ?? 0, maxBytes))
    }
  }
  return [...bytes].map(([path, maxBytes]) => ({path, maxBytes}))
}

function isRegularFile(tree: FileTree, path: string): boolean {
  const entry = tree.find(path)
  return entry >= 0 && tree.typeOf(entry) === 'file'
}

function takeFirst(paths: Iterable<string>, count: number, isTaken: (path: string) => boolean): string[] {
  const taken: string[] = []
  for (const path of paths) {
    if (taken.length === count) break
    if (isTaken(path)) taken.push(path)
  }
  return taken
}

function findByGlobs(tree: FileTree, globs: readonly string[]): string[] {
  const anywhere = globs.filter((glob) => !glob.includes('/'))
  const anchored = globs.filter((glob) => glob.includes('/'))
  const entries = [...findByName(tree, anywhere), ...anchored.flatMap((glob) => findAnchored(tree, glob))]
  const paths = entries.map((entry) => tree.pathOf(entry))
  return paths.sort((one, other) => depthOf(one) - depthOf(other))
}

/** Files of these names, in Docker's order. */
function findByName(tree: FileTree, globs: readonly string[]): number[] {
  if (globs.length === 0) return []
  const plain = new Set(globs.filter((glob) => !isGlob(glob)))
  const special = globs.filter(isGlob)
  const isNamed = askNames(tree, (name) => plain.has(name) || special.some((glob) => matchesGlob(glob, name)))
  const isEntered = askNames(tree, (name) => !NOT_ENTERED.test(name))
  const found: number[] = []
  const collect = (directory: number, depth: number) => {
    for (const entry of tree.childrenOf(directory)) {
      if (tree.isDirectory(entry)) {
        if (depth < MAX_DEPTH && isEntered(entry)) collect(entry, depth + 1)
      } else if (isNamed(entry) && tree.typeOf(entry) === 'file') {
        found.push(entry)
      }
    }
  }
  collect(ROOT, 0)
  return found
}

function findAnchored(tree: FileTree, glob: string): number[] {
  let found = [ROOT]
  for (const component of glob.split('/')) {
    if (component === '') continue
    found = found.flatMap((directory) => {
      if (directory !== ROOT && !tree.isDirectory(directory)) return []
      return [...tree.childrenOf(directory)].filter((entry) => matchesGlob(component, tree.nameOf(entry)))
    })
  }
  return found.filter((entry) => entry !== ROOT && tree.typeOf(entry) === 'file')
}

function depthOf(path: string): number {
  return path.split('/').length
}
