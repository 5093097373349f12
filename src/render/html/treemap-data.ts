import {formatBytes} from '../../languages/text/amounts.js'
import type {SizeNode} from '../../report/size-node.js'
import {shorten} from '../terminal/table.js'
import {nameNode} from './describe-node.js'
import {TREEMAP} from './layout-treemap.js'

/** A size tree in columns, parents before their children: what the page's script reads. */
export interface TreemapData {
  measures: typeof TREEMAP
  /** As shown, harmless as text. */
  names: string[]
  /** Which nodes are rests. */
  rests: number[]
  /** By node; -1 for the root. */
  parents: number[]
  /** Kinds in words, and which one each node is. */
  titles: string[]
  kinds: number[]
  /** The colour of each kind. */
  colours: string[]
  bytes: number[]
  leavingBytes: number[]
  files: number[]
  leavingFiles: number[]
  /** Sizes as people read them, of what crosses now and of what stays. */
  sizes: string[]
  stays: string[]
}

/** Longer names are shortened in the middle; none is, unless it is full of control characters. */
const MAX_NAME_WIDTH = 260

/** Collects what the page's script needs to draw any branch of a tree. */
export function collectTreemapData(tree: SizeNode, colourOf: (kind: string) => string): TreemapData {
  const data: TreemapData = {
    measures: TREEMAP,
    names: [],
    rests: [],
    parents: [],
    titles: [],
    kinds: [],
    colours: [],
    bytes: [],
    leavingBytes: [],
    files: [],
    leavingFiles: [],
    sizes: [],
    stays: [],
  }
  const kindNumbers = new Map<string, number>()
  addNode(tree, -1)
  return data

  function addNode(node: SizeNode, parent: number): void {
    const number = data.names.length
    data.names.push(parent === -1 ? '' : shorten(nameNode(node), MAX_NAME_WIDTH))
    if (node.isRest) data.rests.push(number)
    data.parents.push(parent)
    data.kinds.push(numberKind(node))
    data.bytes.push(node.transferBytes)
    data.leavingBytes.push(node.leavingBytes)
    data.files.push(node.fileCount)
    data.leavingFiles.push(node.leavingFileCount)
    data.sizes.push(formatBytes(node.transferBytes))
    data.stays.push(formatBytes(node.transferBytes - node.leavingBytes))
    for (const child of node.children) addNode(child, number)
  }

  function numberKind({kind, title}: SizeNode): number {
    const known = kindNumbers.get(kind)
    if (known !== undefined) return known
    data.titles.push(title)
    data.colours.push(colourOf(kind))
    kindNumbers.set(kind, kindNumbers.size)
    return kindNumbers.size - 1
  }
}
