import type {SizeNode} from '../../report/size-node.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import type {EntryKind} from './find-largest.js'
import {selectLargest} from './size-selection.js'
import {type LeavingTransfer, type SizeTotals, sumTotals} from './size-totals.js'

export interface SizeTreeOptions {
  /** The kind of an entry by what it is itself, or null. Asked top down; nothing below a known directory is asked about. */
  kindOf: (entry: number) => EntryKind | null
  /** The most nodes of the tree. Default: 4000. */
  maxNodes?: number
}

const MAX_NODES = 4000
const UNKNOWN: EntryKind = {kind: 'other', title: ''}

/** A directory may add a rest, or its only entry that is too small. */
const DIRECTORY_COST = 3
const FILE_COST = 1
const ROOT_COST = 3

/**
 * Builds the tree of what a context's builds transfer: the largest branches of what crosses now and of what stays once
 * the accepted suggestions are applied; smaller siblings are rolled into a rest. Linear in the number of entries.
 * @param transfers of one tree; several are summed
 */
export function buildSizeTree(
  tree: FileTree,
  transfers: readonly LeavingTransfer[],
  options: SizeTreeOptions,
): SizeNode {
  const totals = sumTotals(tree, transfers)
  const isShown = selectShown(tree, totals, (options.maxNodes ?? MAX_NODES) - ROOT_COST)
  return new SizeTreeBuilder(tree, totals, isShown, options.kindOf).build()
}

/** No subtree is larger than the directory that holds it, so the selected entries form a tree. */
function selectShown(tree: FileTree, totals: SizeTotals, budget: number): (entry: number) => boolean {
  const costOf = (entry: number): number => (tree.isDirectory(entry) ? DIRECTORY_COST : FILE_COST)
  const {bytes, leavingBytes} = totals
  if (leavingBytes.every((leaving) => leaving === 0)) return selectLargest(bytes, budget, costOf)
  const staying = bytes.map((whole, entry) => whole - leavingBytes[entry]!)
  const isLarge = selectLargest(bytes, Math.floor(budget / 2), costOf)
  const isLargeLater = selectLargest(staying, Math.floor(budget / 2), costOf)
  return (entry) => isLarge(entry) || isLargeLater(entry)
}

type Figures = Pick<SizeNode, 'fileCount' | 'transferBytes' | 'leavingFileCount' | 'leavingBytes'>

class SizeTreeBuilder {
  constructor(
    private readonly tree: FileTree,
    private readonly totals: SizeTotals,
    private readonly isShown: (entry: number) => boolean,
    private readonly kindOf: (entry: number) => EntryKind | null,
  ) {}

  build(): SizeNode {
    const whole: Figures = {fileCount: 0, transferBytes: 0, leavingFileCount: 0, leavingBytes: 0}
    for (const child of this.tree.childrenOf(ROOT)) addFigures(whole, this.figuresOf(child), 1)
    const root: SizeNode = {name: '', path: '', ...UNKNOWN, isDirectory: true, ...whole, children: []}
    this.addChildren(root, ROOT, null)
    return root
  }

  private buildNode(entry: number, parent: SizeNode, inherited: EntryKind | null): SizeNode {
    const kind = inherited ?? this.kindOf(entry)
    const name = this.tree.nameOf(entry)
    const node: SizeNode = {
      name,
      path: parent.path === '' ? name : `${parent.path}/${name}`,
      kind: (kind ?? UNKNOWN).kind,
      title: (kind ?? UNKNOWN).title,
      isDirectory: this.tree.isDirectory(entry),
      ...this.figuresOf(entry),
      children: [],
    }
    this.addChildren(node, entry, kind)
    return node
  }

  private addChildren(node: SizeNode, entry: number, kind: EntryKind | null): void {
    const shown: number[] = []
    let restCount = 0
    let lastHidden = ROOT
    for (const child of this.tree.childrenOf(entry)) {
      if (this.totals.bytes[child] === 0) continue
      if (this.isShown(child)) {
        shown.push(child)
      } else {
        restCount++
        lastHidden = child
      }
    }
    if (shown.length === 0 && entry !== ROOT) return
    if (restCount === 1) {
      shown.push(lastHidden)
      restCount = 0
    }
    node.children = shown.map((child) => this.buildNode(child, node, kind))
    node.children.sort((one, other) => other.transferBytes - one.transferBytes)
    const rest = makeRest(node, restCount)
    if (rest.transferBytes > 0) node.children.push(rest)
  }

  private figuresOf(entry: number): Figures {
    return {
      fileCount: this.totals.files[entry]!,
      transferBytes: this.totals.bytes[entry]!,
      leavingFileCount: this.totals.leavingFiles[entry]!,
      leavingBytes: this.totals.leavingBytes[entry]!,
    }
  }
}

/** The part of a directory that its children do not cover: entries too small to be shown, and its own packet. */
function makeRest(node: SizeNode, restCount: number): SizeNode {
  const rest: SizeNode = {...node, name: '', children: [], isRest: true, restCount}
  for (const child of node.children) addFigures(rest, child, -1)
  return rest
}

function addFigures(sum: Figures, figures: Figures, sign: 1 | -1): void {
  sum.fileCount += sign * figures.fileCount
  sum.transferBytes += sign * figures.transferBytes
  sum.leavingFileCount += sign * figures.leavingFileCount
  sum.leavingBytes += sign * figures.leavingBytes
}
