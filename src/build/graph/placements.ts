import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {
  baseName,
  isWithin,
  joinPath,
  relativeTo,
  resolveContainerPath,
} from '../../languages/text/container-path.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import {findMatches} from '../../tree/model/find-matches.js'
import {followLinks} from '../../tree/model/follow-links.js'
import {createTreeLinkReader} from '../../tree/model/tree-link-reader.js'
import type {Landing, Read} from './build-graph.js'

/** A path of the context that an instruction copies or mounts, and its path in the image. */
export interface Placement {
  /** Empty for the whole context. */
  contextPath: string
  /** A container path; null where the contents of several directories fall together. */
  containerPath: string | null
  /** The source was `*`: it takes everything and names nothing. */
  isSwept: boolean
}

/** How a path comes in: asked for by name (or something in it), or carried along with a directory around it. */
export type Relation = {how: 'named'} | {how: 'carried'; landing: string | null}

const WILDCARD = /[*?[\\]/

/** Works out what a read of the context brings where; links among the components of its path are followed. */
export function placeRead(tree: FileTree, {path, landing}: Pick<Read, 'path' | 'landing'>): Placement[] {
  const root = {contextPath: '', containerPath: landing.path, isSwept: false}
  if (path === '/') return [root]
  const source = path.slice(1)
  // a link may ask for more than the source itself, or for everything
  const followed = followLinks([source], createTreeLinkReader(tree))
  const patterns = new Set([source, ...(followed ?? [])])
  const placements = [...patterns].flatMap((pattern) => placePattern(tree, pattern, landing))
  return followed === null ? [root, ...placements] : placements
}

function placePattern(tree: FileTree, pattern: string, {path: target, isDirectory}: Landing): Placement[] {
  if (!WILDCARD.test(pattern)) {
    const entry = tree.find(pattern)
    const isWhole = entry < 0 || tree.isDirectory(entry) || !isDirectory
    const containerPath = isWhole ? target : resolveContainerPath(target, baseName(pattern))
    return [{contextPath: pattern, containerPath, isSwept: false}]
  }
  const isSwept = baseName(pattern) === '*'
  return expandPattern(tree, pattern).map((entry) => {
    const contextPath = tree.pathOf(entry)
    const isFile = !tree.isDirectory(entry)
    const containerPath = isFile
      ? resolveContainerPath(target, baseName(contextPath))
      : isSwept
        ? null
        : target
    return {contextPath, containerPath, isSwept}
  })
}

/** The entries that a source with wildcards takes. */
function expandPattern(tree: FileTree, pattern: string): number[] {
  if (pattern.includes('**')) return expandEverywhere(tree, pattern)
  return findMatches(tree, ROOT, pattern.split('/'))
}

function expandEverywhere(tree: FileTree, pattern: string): number[] {
  const rules = IgnoreRules.of([pattern])
  const found: number[] = []
  for (let entry = 0; entry < tree.length; ) {
    const isHit = rules.match(tree.pathOf(entry)).matched
    if (isHit) found.push(entry)
    entry = isHit ? tree.endOf(entry) : entry + 1
  }
  return found
}

/** Says how a placement concerns a path of the context; null where it does not. */
export function relate({contextPath, containerPath, isSwept}: Placement, path: string): Relation | null {
  if (contextPath === path) return isSwept ? {how: 'carried', landing: containerPath} : {how: 'named'}
  if (contextPath === '' || isWithin(path, contextPath)) {
    const rest = contextPath === '' ? path : relativeTo(contextPath, path)
    return {how: 'carried', landing: containerPath && resolveContainerPath(containerPath, rest)}
  }
  return isWithin(contextPath, path) ? {how: 'named'} : null
}

/** Where in the context a container path comes from, by this placement; null if it does not. */
export function traceBack({contextPath, containerPath}: Placement, path: string): string | null {
  if (containerPath === null || !isWithin(path, containerPath)) return null
  return joinPath(contextPath, path === containerPath ? '' : relativeTo(containerPath, path))
}
