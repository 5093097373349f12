import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {matchesName} from '../../languages/text/match-name.js'
import type {NodeComparison} from './compare-nodes.js'
import {splitPath} from './file-system.js'
import type {ContextNodes} from './nodes.js'
import type {Selector} from './select-nodes.js'

/** The paths of a context that a step takes and that have changed, come or gone, sorted. */
export function listChangedPaths(
  selectors: readonly Selector[],
  nodes: ContextNodes | undefined,
  comparison: NodeComparison,
): string[] {
  const earlier = nodes?.view.earlier
  if (nodes === undefined || earlier === null || earlier === undefined) return []
  const isTaken = (path: string) => selectors.some((selector) => takes(selector, path))
  const {before} = earlier
  const gone = [...earlier.removed].map((entry) => before.tree.pathOf(entry)).filter(isTaken)
  const changed = [...earlier.changed].filter((entry) => {
    return isTaken(nodes.view.tree.pathOf(entry)) && !isSame(nodes, entry, comparison)
  })
  return [...new Set([...gone, ...changed.map((entry) => nodes.view.tree.pathOf(entry))])].sort()
}

/** A file of which only the time changed is equal. A directory is not listed itself: its changed files are. */
function isSame(nodes: ContextNodes, entry: number, comparison: NodeComparison): boolean {
  const node = nodes.earlierNodeOf(entry)
  const toSelected = (one: typeof node) => [{name: null, node: one, isWhole: one?.kind !== 'directory'}]
  return node !== null && comparison.areSame(toSelected(node), toSelected(nodes.nodeOf(entry)))
}

/** Whether a path is among what a selector takes, or around it. */
function takes({path: selected, hasWildcards, exclude}: Selector, path: string): boolean {
  const wanted = splitPath(selected)
  const given = path.split('/')
  const isMet = (name: string, at: number) => {
    const component = wanted[at]
    return component === undefined || (hasWildcards ? matchesName(component, name) : component === name)
  }
  if (!given.every(isMet)) return false
  if (exclude.length === 0 || given.length <= wanted.length) return true
  const matcher = IgnoreRules.of(exclude)
  return !matcher.matchPath(given.slice(wanted.length).join('/')).matched
}
