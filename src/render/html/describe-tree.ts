import {formatBytes, formatCount, formatFiles, formatShare} from '../../languages/text/amounts.js'
import type {SizeNode} from '../../report/size-node.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {shorten} from '../terminal/table.js'
import type {TreemapData} from './treemap-data.js'

const MAX_PATH_WIDTH = 160

/** Longer names are shortened in the middle; only names full of control characters are that long. */
const MAX_NAME_WIDTH = 260

/**
 * Collects what the page's script needs to draw any branch of a tree.
 * @param after what is left of the whole, where that is not what the tree says
 */
export function collectTreemapData(
  tree: SizeNode,
  colourOf: (kind: string) => string,
  after: {transferBytes: number; fileCount: number} | null = null,
): TreemapData {
  const data: TreemapData = {
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
  if (after !== null) {
    data.stays[0] = formatBytes(after.transferBytes)
    data.leavingFiles[0] = tree.fileCount - after.fileCount
  }
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

/** The name of a node as the picture shows it, harmless but not yet escaped for HTML. */
export function nameNode(node: SizeNode): string {
  if (!node.isRest) return escapeForTerminal(node.name) + (node.isDirectory ? '/' : '')
  return node.restCount === 0 ? 'the directory itself' : `${formatCount(node.restCount ?? 0)} more`
}

/** Describes a node for a tooltip: its path and its facts. Not yet escaped for HTML. */
export function describeNode(
  node: SizeNode,
  whole: number,
  view: 'before' | 'after',
): {path: string; facts: string} {
  const bytes = view === 'before' ? node.transferBytes : node.transferBytes - node.leavingBytes
  const files = view === 'before' ? node.fileCount : node.fileCount - node.leavingFileCount
  const path = shorten(escapeForTerminal(node.path), MAX_PATH_WIDTH)
  const parts = [formatBytes(bytes), formatShare(bytes, whole), formatFiles(files)]
  if (node.title !== '') parts.unshift(node.title)
  if (view === 'before' && node.leavingBytes > 0) parts.push(describeLeaving(node))
  const rest = path === '' ? nameNode(node) : `${path}: ${nameNode(node)}`
  return {path: node.isRest ? rest : path, facts: parts.join(', ')}
}

/** `would leave`, or how much of it would. */
function describeLeaving({leavingBytes, transferBytes}: SizeNode): string {
  return leavingBytes === transferBytes ? 'would leave' : `${formatBytes(leavingBytes)} would leave`
}
