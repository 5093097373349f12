import {createIgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../languages/ignore/pattern-matcher.js'
import {isWithin, joinPath, relativeTo, resolveContainerPath} from '../../languages/text/container-path.js'
import {matchesName} from '../../languages/text/match-name.js'
import {type ContextModel, ROOT} from '../../tree/model/context-model.js'
import {followLinks} from '../../tree/model/follow-links.js'
import {createModelLinkReader} from '../../tree/model/model-link-reader.js'

/** One path of the context that an instruction copies or mounts, and where it comes to lie. */
export interface Placement {
  /** Empty for the whole context. */
  contextPath: string
  /** A container path; null where the contents of several directories fall together. */
  containerPath: string | null
  /** The source was `*`: it takes whatever there is, and names nothing. */
  isSwept: boolean
}

/** How a path comes in: asked for by name (or something in it), or carried along with a directory around it. */
export type Relation = {how: 'named'} | {how: 'carried'; landing: string | null}

const WILDCARD = /[*?[\\]/

/** Works out what a source brings where; links among its components are followed. */
export function placeSource(
  model: ContextModel,
  source: string,
  destination: string,
  isOnlySource: boolean,
): Placement[] {
  const root = {contextPath: '', containerPath: resolveContainerPath('/', destination), isSwept: false}
  if (source === '.') return [root]
  // a link may ask for more than the source itself, or for everything
  const followed = followLinks([source], createModelLinkReader(model))
  const patterns = new Set([source, ...(followed ?? [])])
  const placements = [...patterns].flatMap((pattern) =>
    placePattern(model, pattern, destination, isOnlySource),
  )
  return followed === null ? [root, ...placements] : placements
}

function placePattern(
  model: ContextModel,
  pattern: string,
  destination: string,
  isOnlySource: boolean,
): Placement[] {
  const target = resolveContainerPath('/', destination)
  if (!WILDCARD.test(pattern)) {
    const index = model.find(pattern)
    const isDirectory = index < 0 || model.isDirectory(index)
    const isRenamed = isOnlySource && !destination.endsWith('/') && !destination.endsWith('.')
    const containerPath = isDirectory || isRenamed ? target : resolveContainerPath(target, nameOf(pattern))
    return [{contextPath: pattern, containerPath, isSwept: false}]
  }
  const isSwept = nameOf(pattern) === '*'
  return expandPattern(model, pattern).map((index) => {
    const contextPath = model.pathOf(index)
    const isFile = !model.isDirectory(index)
    const containerPath = isFile ? resolveContainerPath(target, nameOf(contextPath)) : isSwept ? null : target
    return {contextPath, containerPath, isSwept}
  })
}

/** The entries that a source with wildcards takes. */
function expandPattern(model: ContextModel, pattern: string): number[] {
  if (pattern.includes('**')) return expandEverywhere(model, pattern)
  let level: number[] = [ROOT]
  for (const component of pattern.split('/')) {
    level = level.flatMap((directory) => {
      if (directory !== ROOT && !model.isDirectory(directory)) return []
      return [...model.childrenOf(directory)].filter((child) => matchesName(component, model.nameOf(child)))
    })
  }
  return level
}

function expandEverywhere(model: ContextModel, pattern: string): number[] {
  const matcher = new PatternMatcher([createIgnorePattern(pattern)])
  const found: number[] = []
  for (let index = 0; index < model.length; ) {
    const isHit = matcher.match(model.pathOf(index)).matched
    if (isHit) found.push(index)
    index = isHit ? model.endOf(index) : index + 1
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

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
