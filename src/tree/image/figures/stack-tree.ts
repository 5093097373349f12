import {EntryColumns} from '../../model/entry-columns.js'
import {MODE} from '../../model/file-mode.js'
import {FileTree, ROOT} from '../../model/file-tree.js'
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
  const {kinds, sizes} = findEntries(stack)
  const children = new SortedChildren(stack, kinds)
  const tree = new FileTree()
  const nodes = new Int32Array(kinds.length)
  const scratch = new EntryColumns()
  const pending = children.of(ROOT_NODE).map((node) => ({node, parent: ROOT}))
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const {node, parent} = next
    scratch.length = 0
    const facts = {mode: MODES[kinds[node]!]!, size: sizes[node]!, modified: 0, modifiedBytes: 0}
    scratch.push(stack.paths.nameOf(node), facts)
    const index = tree.append(scratch, 0, parent)
    nodes[index] = node
    for (const child of children.of(node)) pending.push({node: child, parent: index})
  }
  tree.closeAll()
  return {tree, nodes: nodes.subarray(0, tree.length)}
}

const MODES: readonly number[] = [0, MODE.dir, 0, MODE.symlink, MODE.pipe, 0]

function findEntries({layers, nodesOf, paths}: LayerStack): {kinds: Uint8Array; sizes: Float64Array} {
  const kinds = new Uint8Array(paths.length)
  const sizes = new Float64Array(paths.length)
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
  return {kinds, sizes}
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
    return children.sort((one, other) => paths.compareNames(other, one))
  }
}
