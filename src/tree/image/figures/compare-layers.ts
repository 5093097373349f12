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

/** @param hasSameContent compares a file of the one layer with a file of the other */
export function compareLayers(
  before: LayerTree,
  after: LayerTree,
  hasSameContent: (fileBefore: number, fileAfter: number) => boolean,
): LayerDifference {
  const paths = new PathTable(0)
  const there = placeNodes(before, paths)
  const here = placeNodes(after, paths)
  const difference: LayerDifference = {kind: 'form', changedCount: 0, changedBytes: 0, examples: []}
  for (let node = 1; node < paths.length; node++) {
    const [one, other] = [there.get(node) ?? -1, here.get(node) ?? -1]
    const kind = compareNodes(before, one, after, other, hasSameContent)
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

function compareNodes(
  before: LayerTree,
  one: number,
  after: LayerTree,
  other: number,
  hasSameContent: (fileBefore: number, fileAfter: number) => boolean,
): LayerDifference['kind'] {
  if (one === -1 && other === -1) return 'form'
  if (one === -1 || other === -1) return 'content'
  if (before.kinds[one] !== after.kinds[other] || before.marks[one] !== after.marks[other]) return 'content'
  if (before.kinds[one] === KIND.symlink)
    return Buffer.compare(before.links.get(one)!, after.links.get(other)!) === 0 ? 'form' : 'content'
  if (before.kinds[one] !== KIND.file) return 'form'
  return compareFiles(before, before.fileOf[one]!, after, after.fileOf[other]!, hasSameContent)
}

function compareFiles(
  before: LayerTree,
  one: number,
  after: LayerTree,
  other: number,
  hasSameContent: (fileBefore: number, fileAfter: number) => boolean,
): LayerDifference['kind'] {
  const [a, b] = [before.files, after.files]
  if (a.sizes[one] !== b.sizes[other] || !hasSameContent(one, other)) return 'content'
  const isOwned = a.uids[one] === b.uids[other] && a.gids[one] === b.gids[other]
  if (!isOwned || a.modes[one] !== b.modes[other]) return 'metadata'
  return a.modified[one] === b.modified[other] ? 'form' : 'times'
}

function bytesAt(tree: LayerTree, node: number): number {
  return node !== -1 && tree.kinds[node] === KIND.file ? tree.files.sizes[tree.fileOf[node]!]! : 0
}
