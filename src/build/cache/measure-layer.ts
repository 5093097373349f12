import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {matchesName} from '../../languages/text/match-name.js'
import {ROOT} from '../../tree/model/file-tree.js'
import type {Read, Step} from '../graph/build-graph.js'
import type {ContextView} from './context-view.js'

/** Bytes of the context's files that a COPY or ADD puts into its layer; 0 for any other step. What stages and images give is not counted. */
export function measureLayer(
  {instruction, reads}: Step,
  viewOf: (name: string | null) => ContextView | undefined,
): number {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return 0
  return reads.reduce((sum, read) => sum + measureRead(read, viewOf), 0)
}

function measureRead(
  {from, path, hasWildcards, exclude}: Read,
  viewOf: Parameters<typeof measureLayer>[1],
): number {
  const view = from.kind === 'context' ? viewOf(from.name) : undefined
  if (view === undefined) return 0
  const names = path.split('/').filter((name) => name !== '')
  const rules = exclude.length === 0 ? null : IgnoreRules.of(exclude)
  if (names.length === 0) return sumFiles(view, ROOT, rules)
  const matches = hasWildcards ? listMatches(view, names) : [view.tree.find(names.join('/'))]
  // A path that is not there is the number of the root, too.
  return matches.reduce((sum, entry) => sum + (entry < 0 ? 0 : sumFiles(view, entry, rules)), 0)
}

function sumFiles(view: ContextView, top: number, rules: IgnoreRules | null): number {
  const {tree} = view
  const prefix = top === ROOT ? 0 : tree.pathOf(top).length + 1
  let sum = 0
  const [start, end] = top === ROOT ? [0, tree.length] : [top, tree.endOf(top)]
  for (let entry = start; entry < end; entry++) {
    if (!tree.isFile(entry) || !view.isSent(entry)) continue
    if (rules !== null && entry !== top && rules.matchPath(tree.pathOf(entry).slice(prefix)).matched) continue
    sum += tree.sizeOf(entry)
  }
  return sum
}

function listMatches(view: ContextView, components: readonly string[], parent: number = ROOT): number[] {
  const [component, ...rest] = components
  if (component === undefined) return []
  const matches: number[] = []
  for (const child of view.childrenOf(parent)) {
    if (!matchesName(component, view.tree.nameOf(child))) continue
    if (rest.length === 0) matches.push(child)
    else if (view.tree.isDirectory(child)) matches.push(...listMatches(view, rest, child))
  }
  return matches
}
