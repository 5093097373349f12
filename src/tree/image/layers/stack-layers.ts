import {ImageFault} from '../image-fault.js'
import {namesOf} from './entry-path.js'
import {KIND, type LayerTree, MARK} from './layer-tree.js'
import {grown, PathTable, ROOT_NODE} from './path-table.js'

/** The layers of an image put on top of one another, lowest first: a file is an index into columns of all layers' files. */
export interface LayerStack {
  layers: readonly LayerTree[]
  /** Every path of every layer. */
  paths: PathTable
  /** By path node: what the image shows there in the end (`KIND`). */
  kinds: Uint8Array
  /** By path node: the file that the image shows there; only where its kind says so. */
  fileOf: Int32Array
  /** Of each layer: the index of its first file; one more at the end. */
  firstFiles: number[]
  /** By file: the path node of the name it first had. */
  nodeOf: Int32Array
  /** By file: how many names the image shows for it. */
  linkCounts: Int32Array
  /** By file: the layer that took away its last name; -1 where the image shows it. */
  hiddenBy: Int16Array
  /** By layer: the path nodes that it removes with a whiteout or an opaque directory, topmost ones only. */
  removals: number[][]
  /** Of each layer, by its own path node: the path node here. */
  nodesOf: Int32Array[]
}

/**
 * Puts layers on top of one another as engines do: what a layer takes away are names of lower layers only, whatever
 * the order in its tar (docs/image.md 2.8). Takes time in the number of entries.
 * @param layers lowest first
 * @param seed see `PathTable`
 * @throws ImageFault for a hard link to nothing, and for more entries than can be held
 */
export function stackLayers(layers: readonly LayerTree[], seed: number): LayerStack {
  checkAmount(layers)
  const stacker = new LayerStacker(layers, seed)
  layers.forEach((_, layer) => {
    stacker.addLayer(layer)
  })
  return stacker.finish()
}

/** Entries of all layers together: as many layers may name one and the same blob. */
const MAX_ENTRIES = 20_000_000

function checkAmount(layers: readonly LayerTree[]): void {
  const amount = layers.reduce((sum, {paths, files}) => sum + paths.length + files.length, 0)
  if (amount > MAX_ENTRIES || layers.length > MAX_LAYERS)
    throw new ImageFault(`its ${layers.length} layers have ${amount} entries`)
}

const MAX_LAYERS = 10_000

class LayerStacker {
  private readonly paths: PathTable
  private kinds = new Uint8Array(64)
  private fileOf = new Int32Array(64)
  private firstChild = new Int32Array(64)
  private nextSibling = new Int32Array(64)
  private previousSibling = new Int32Array(64)
  private readonly firstFiles = [0]
  private readonly nodeOf: Int32Array
  private readonly linkCounts: Int32Array
  private readonly hiddenBy: Int16Array
  private readonly removals: number[][] = []
  private readonly nodesOf: Int32Array[] = []
  private layer = 0

  constructor(
    private readonly layers: readonly LayerTree[],
    seed: number,
  ) {
    this.paths = new PathTable(seed)
    for (const {files} of layers) this.firstFiles.push(this.firstFiles.at(-1)! + files.length)
    const fileCount = this.firstFiles.at(-1)!
    this.nodeOf = new Int32Array(fileCount)
    this.linkCounts = new Int32Array(fileCount)
    this.hiddenBy = new Int16Array(fileCount).fill(-1)
    this.kinds[ROOT_NODE] = KIND.directory
  }

  addLayer(layer: number): void {
    this.layer = layer
    this.removals.push([])
    const tree = this.layers[layer]!
    const nodes = this.mapNodes(tree)
    this.nodesOf.push(nodes)
    this.mapFiles(tree, nodes)
    for (let at = 0; at < nodes.length; at++)
      if (tree.marks[at] !== 0) this.takeAway(nodes[at]!, tree.marks[at]!)
    for (let at = 1; at < nodes.length; at++) {
      if (tree.kinds[at] !== KIND.none) this.put(tree, at, nodes[at]!)
    }
  }

  finish(): LayerStack {
    const {layers, paths, firstFiles, nodeOf, linkCounts, hiddenBy, removals, nodesOf} = this
    const {length} = paths
    const kinds = this.kinds.subarray(0, length)
    const fileOf = this.fileOf.subarray(0, length)
    return {layers, paths, kinds, fileOf, firstFiles, nodeOf, linkCounts, hiddenBy, removals, nodesOf}
  }

  /** The node here of each node of the layer. */
  private mapNodes({paths}: LayerTree): Int32Array {
    const nodes = new Int32Array(paths.length)
    for (let at = 1; at < paths.length; at++) {
      const [start, end] = [paths.nameStarts[at]!, paths.nameStarts[at + 1]!]
      const node = this.paths.add(nodes[paths.parents[at]!]!, paths.names, start, end)
      if (node === this.kinds.length) this.grow()
      nodes[at] = node
    }
    return nodes
  }

  private mapFiles({files}: LayerTree, nodes: Int32Array): void {
    const first = this.firstFiles[this.layer]!
    for (let file = 0; file < files.length; file++) {
      this.nodeOf[first + file] = nodes[files.nodes[file]!]!
      // A later entry of the same layer took its name.
      if (files.linkCounts[file] === 0) this.hiddenBy[first + file] = this.layer
    }
  }

  private takeAway(node: number, marks: number): void {
    if (marks & MARK.whiteout && this.kinds[node] !== KIND.none) {
      this.removals[this.layer]!.push(node)
      this.remove(node)
    }
    if (!(marks & MARK.opaque) || this.kinds[node] !== KIND.directory) return
    for (let child = this.firstChild[node]!; child !== 0; child = this.nextSibling[child]!)
      this.removals[this.layer]!.push(child)
    this.removeBelow(node)
  }

  private put(tree: LayerTree, at: number, node: number): void {
    const kind = tree.kinds[at]!
    if (kind === KIND.directory && this.kinds[node] === KIND.directory) return
    if (kind === KIND.outerLink) this.link(node, tree.links.get(at)!)
    else this.replace(node, kind)
    if (kind === KIND.file) this.show(node, this.firstFiles[this.layer]! + tree.fileOf[at]!)
  }

  /** A hard link to what lies in a lower layer. */
  private link(node: number, target: Uint8Array): void {
    const found = this.findTarget(target)
    const kind = found === -1 ? KIND.none : this.kinds[found]!
    if (kind === KIND.none) throw new ImageFault(`${this.nameLink(node)} to a file that is not there`)
    if (kind === KIND.directory) throw new ImageFault(`${this.nameLink(node)} to a directory`)
    if (found === node) return
    const file = this.fileOf[found]!
    this.replace(node, kind)
    if (kind === KIND.file) this.show(node, file)
  }

  private nameLink(node: number): string {
    return `in layer ${this.layer + 1}, ${JSON.stringify(this.paths.pathOf(node).toString())} is a hard link`
  }

  private findTarget(path: Uint8Array): number {
    const names = namesOf(path)
    let node = ROOT_NODE
    for (let at = 0; at < names.length && node !== -1; at += 2)
      node = this.paths.find(node, path, names[at], names[at + 1])
    return names.length === 0 ? -1 : node
  }

  private show(node: number, file: number): void {
    this.fileOf[node] = file
    this.linkCounts[file]!++
    this.hiddenBy[file] = -1
  }

  private replace(node: number, kind: number): void {
    if (this.kinds[node] === KIND.directory) this.removeBelow(node)
    if (this.kinds[node] === KIND.none) this.addToParent(node)
    this.hide(node)
    this.kinds[node] = kind
  }

  private remove(node: number): void {
    if (this.kinds[node] === KIND.directory) this.removeBelow(node)
    this.hide(node)
    this.takeFromParent(node)
    this.kinds[node] = KIND.none
  }

  private removeBelow(directory: number): void {
    const pending = [directory]
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      for (let child = this.firstChild[node]!; child !== 0; child = this.nextSibling[child]!) {
        if (this.kinds[child] === KIND.directory) pending.push(child)
        this.hide(child)
        this.kinds[child] = KIND.none
      }
      this.firstChild[node] = 0
    }
  }

  /** Takes a name from the file at a node. */
  private hide(node: number): void {
    if (this.kinds[node] !== KIND.file) return
    const file = this.fileOf[node]!
    if (--this.linkCounts[file]! === 0) this.hiddenBy[file] = this.layer
  }

  private addToParent(node: number): void {
    const parent = this.paths.parentOf(node)
    const next = this.firstChild[parent]!
    this.nextSibling[node] = next
    this.previousSibling[node] = 0
    if (next !== 0) this.previousSibling[next] = node
    this.firstChild[parent] = node
  }

  private takeFromParent(node: number): void {
    const [previous, next] = [this.previousSibling[node]!, this.nextSibling[node]!]
    if (previous === 0) this.firstChild[this.paths.parentOf(node)] = next
    else this.nextSibling[previous] = next
    if (next !== 0) this.previousSibling[next] = previous
  }

  private grow(): void {
    const capacity = this.kinds.length * 2
    this.kinds = grown(new Uint8Array(capacity), this.kinds)
    this.fileOf = grown(new Int32Array(capacity), this.fileOf)
    this.firstChild = grown(new Int32Array(capacity), this.firstChild)
    this.nextSibling = grown(new Int32Array(capacity), this.nextSibling)
    this.previousSibling = grown(new Int32Array(capacity), this.previousSibling)
  }
}
