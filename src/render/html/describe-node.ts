import {formatBytes, formatCount, formatFiles, formatShare} from '../../languages/text/amounts.js'
import type {SizeNode} from '../../report/size-node.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {shorten} from '../terminal/table.js'

const MAX_PATH_WIDTH = 160

/** The name of a node as the picture shows it, harmless but not yet escaped for HTML. */
export function nameNode(node: SizeNode): string {
  if (!node.isRest) return escapeForTerminal(node.name) + (node.isDirectory ? '/' : '')
  return node.restCount === 0 ? 'the directory itself' : `${formatCount(node.restCount ?? 0)} more`
}

/** All about a node for a tooltip: which it is, and what there is to say of it. Not yet escaped for HTML. */
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
