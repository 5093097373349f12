import {KIND, type LayerTree} from '../layers/layer-tree.js'
import {PathTable} from '../layers/path-table.js'

/** How a layer differs from another that the same instruction made. */
export interface LayerDifference {
  /** The weightiest difference: contents or names, owner or mode, times alone, nothing but the tar's form. */
  kind: 'content' | 'metadata' | 'times' | 'form'
  /** How many paths were added, removed, or have other contents. */
  changedCount: number
  /** Bytes of the files that were added or have other contents. */
  changedBytes: number
  /** The first of them. */
  examples: Buffer[]
}

const MAX_EXAMPLES = 5

/** Compares a file of the one layer with a file of the other, by its content. */
type CompareContent = (fileBefore: number, fileAfter: number) => boolean

export function compareLayers(
  before: LayerTree,
  after: LayerTree,
  hasSameContent: CompareContent,
): LayerDifference {
  const paths = new PathTable(0)
  const there = placeNodes(before, paths)
  const here = placeNodes(after, paths)
  const difference: LayerDifference = {kind: 'form', changedCount: 0, changedBytes: 0, examples: []}
  for (let node = 1; node < paths.length; node++) {
    const [one, other] = [there.get(node) ?? -1, here.get(node) ?? -1]
    const kind = compareNodes({tree: before, at: one}, {tree: after, at: other}, hasSameContent)
    if (RANK[kind] > RANK[difference.kind]) difference.kind = kind
    if (kind !== 'content') continue
    difference.changedCount++
    difference.changedBytes += bytesAt(after, other)
    if (difference.examples.length < MAX_EXAMPLES) difference.examples.push(paths.pathOf(node))
  }
  return difference
}

const RANK = {form: 0, times: 1, metadata: 2, content: 3}

/** The layer's node by the node here, of what it holds or removes. */
function placeNodes(tree: LayerTree, paths: PathTable): Map<number, number> {
  const {parents, nameStarts, names, length} = tree.paths
  const nodes = new Int32Array(length)
  const placed = new Map<number, number>()
  for (let at = 1; at < length; at++) {
    nodes[at] = paths.add(nodes[parents[at]!]!, names, nameStarts[at], nameStarts[at + 1])
    if (tree.kinds[at] !== KIND.none || tree.marks[at] !== 0) placed.set(nodes[at]!, at)
  }
  return placed
}

/** A node of a layer, -1 for none, or a file of it. */
interface Placed {
  tree: LayerTree
  at: number
}

function compareNodes(one: Placed, other: Placed, hasSameContent: CompareContent): LayerDifference['kind'] {
  const [{tree: before, at: old}, {tree: after, at: now}] = [one, other]
  if (old === -1 && now === -1) return 'form'
  if (old === -1 || now === -1) return 'content'
  if (before.kinds[old] !== after.kinds[now] || before.marks[old] !== after.marks[now]) return 'content'
  if (before.kinds[old] === KIND.symlink)
    return Buffer.compare(before.links.get(old)!, after.links.get(now)!) === 0 ? 'form' : 'content'
  if (before.kinds[old] !== KIND.file) return 'form'
  return compareFiles(
    {tree: before, at: before.fileOf[old]!},
    {tree: after, at: after.fileOf[now]!},
    hasSameContent,
  )
}

function compareFiles(one: Placed, other: Placed, hasSameContent: CompareContent): LayerDifference['kind'] {
  const [a, b] = [one.tree.files, other.tree.files]
  const [old, now] = [one.at, other.at]
  if (a.sizes[old] !== b.sizes[now] || !hasSameContent(old, now)) return 'content'
  const isOwned = a.uids[old] === b.uids[now] && a.gids[old] === b.gids[now]
  if (!isOwned || a.modes[old] !== b.modes[now]) return 'metadata'
  return a.modified[old] === b.modified[now] ? 'form' : 'times'
}

function bytesAt(tree: LayerTree, node: number): number {
  return node !== -1 && tree.kinds[node] === KIND.file ? tree.files.sizes[tree.fileOf[node]!]! : 0
}
