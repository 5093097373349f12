import {EntryColumns} from '../../model/entry-columns.js'
import {MODE} from '../../model/file-mode.js'
import {FileTree, makeRoom, ROOT} from '../../model/file-tree.js'
import {KIND} from '../layers/layer-tree.js'
import {ROOT_NODE} from '../layers/path-table.js'
import type {LayerStack} from '../layers/stack-layers.js'

/** Every path of every layer as one tree in Docker's order, whether the image shows it in the end or not. */
export interface StackTree {
  tree: FileTree
  /** By entry of the tree: the stack's path node. */
  nodes: Int32Array
}

/** A path is what the highest layer that has it says; of files the largest size of any layer counts. */
export function createStackTree(stack: LayerStack): StackTree {
  const {kinds, columns} = findEntries(stack)
  const children = new SortedChildren(stack, kinds)
  const {length} = stack.paths
  const tree = new FileTree(makeRoom({entries: length, nameBytes: columns.names.length}))
  const nodes = new Int32Array(length)
  const entries = new Int32Array(length).fill(ROOT)
  const pending = children.of(ROOT_NODE)
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const entry = tree.append(columns, node, entries[stack.paths.parentOf(node)]!)
    nodes[entry] = node
    entries[node] = entry
    if (kinds[node] === KIND.directory) for (const child of children.of(node)) pending.push(child)
  }
  tree.closeAll()
  return {tree, nodes: nodes.subarray(0, tree.length)}
}

const MODES: readonly number[] = [0, MODE.dir, 0, MODE.symlink, MODE.pipe, 0]

/** By path node, the names where they are. */
function findEntries({layers, nodesOf, paths}: LayerStack): {kinds: Uint8Array; columns: EntryColumns} {
  const {length} = paths
  const kinds = new Uint8Array(length)
  const sizes = new Float64Array(length)
  layers.forEach((layer, index) => {
    const nodes = nodesOf[index]!
    for (let at = 1; at < nodes.length; at++) {
      const kind = layer.kinds[at]!
      if (kind === KIND.none) continue
      const node = nodes[at]!
      kinds[node] = kinds[node] === KIND.directory ? KIND.directory : kind
      if (kind === KIND.file) sizes[node] = Math.max(sizes[node]!, layer.files.sizes[layer.fileOf[at]!]!)
    }
  })
  const modes = Uint32Array.from(kinds, (kind) => MODES[kind]!)
  const times = {modified: new Float64Array(length), modifiedBytes: new Uint8Array(length)}
  const columns = EntryColumns.over(length, {...paths.nameColumns(), modes, sizes, ...times})
  return {kinds, columns}
}

/** The entries of each directory, the last by name first: a stack takes them from the end. */
class SortedChildren {
  private readonly starts: Int32Array
  private readonly grouped: Int32Array

  constructor(
    private readonly stack: LayerStack,
    kinds: Uint8Array,
  ) {
    const {paths} = stack
    this.starts = new Int32Array(kinds.length + 1)
    for (let node = 1; node < kinds.length; node++)
      if (kinds[node] !== KIND.none) this.starts[paths.parentOf(node) + 1]!++
    for (let node = 0; node < kinds.length; node++) this.starts[node + 1]! += this.starts[node]!
    this.grouped = new Int32Array(this.starts[kinds.length]!)
    const next = this.starts.slice()
    for (let node = 1; node < kinds.length; node++)
      if (kinds[node] !== KIND.none) this.grouped[next[paths.parentOf(node)]!++] = node
  }

  of(node: number): number[] {
    const {paths} = this.stack
    const [start, end] = [this.starts[node]!, this.starts[node + 1]!]
    const children: number[] = []
    for (let at = end - 1; at >= start; at--) children.push(this.grouped[at]!)
    return children.length < 2 ? children : children.sort((one, other) => paths.compareNames(other, one))
  }
}
