import {KIND, type LayerTree} from '../layers/layer-tree.js'
import type {LayerStack} from '../layers/stack-layers.js'
import {visitFiles} from './image-figures.js'

/**
 * Why the image no longer shows a file: its path is gone, its path holds something else, or its path holds the same
 * bytes again, which a layer copied to change owner, mode or time.
 */
type HiddenKind = 'removed' | 'overwritten' | 'metadataOnly'

/** A file that a layer ships and the image does not show. */
export interface HiddenFile {
  /** An index into the stack's files. */
  file: number
  /** The path node that it is listed under. */
  node: number
  bytes: number
  /** The layer that ships it, and the one that hides it. */
  layer: number
  hiddenBy: number
  kind: HiddenKind
}

/** Tells whether two files of a stack hold the same bytes. */
export type CompareContents = (one: number, other: number) => boolean

/** Lists the files of at least one byte that the image does not show, by layer and then by path as bytes. */
export function listHiddenFiles(stack: LayerStack, hasSameContent: CompareContents): HiddenFile[] {
  const hidden: HiddenFile[] = []
  const smallest = smallestNames(stack)
  visitFiles(stack, (file, bytes, layer) => {
    const hiddenBy = stack.hiddenBy[file]!
    if (hiddenBy === -1 || bytes === 0) return
    const node = smallest.get(file) ?? stack.nodeOf[file]!
    hidden.push({file, node, bytes, layer, hiddenBy, kind: kindOf(stack, file, node, hasSameContent)})
  })
  const paths = new Map(hidden.map(({node}) => [node, stack.paths.pathOf(node)]))
  return hidden.sort(
    (one, other) =>
      one.layer - other.layer ||
      Buffer.compare(paths.get(one.node)!, paths.get(other.node)!) ||
      one.bytes - other.bytes,
  )
}

/**
 * Lists the files that a later layer stores again at the same path, and that the image still shows at another one: a hard
 * link, of which chmod in a later layer copies one name only. They are not hidden.
 */
export function listStoredAgain(stack: LayerStack, hasSameContent: CompareContents): HiddenFile[] {
  const again: HiddenFile[] = []
  const latest = new Int32Array(stack.paths.length).fill(-1)
  const layerOf = (file: number) => stack.firstFiles.findLastIndex((first) => first <= file)
  stack.layers.forEach(({kinds, fileOf, files}, layer) => {
    for (let at = 1; at < kinds.length; at++) {
      if (kinds[at] !== KIND.file) continue
      const node = stack.nodesOf[layer]![at]!
      const [before, file] = [latest[node]!, stack.firstFiles[layer]! + fileOf[at]!]
      latest[node] = file
      if (before === -1 || before >= stack.firstFiles[layer]! || stack.linkCounts[before] === 0) continue
      const bytes = files.sizes[fileOf[at]!]!
      if (bytes > 0 && hasSameContent(before, file))
        again.push({file: before, node, bytes, layer: layerOf(before), hiddenBy: layer, kind: 'metadataOnly'})
    }
  })
  return again
}

function kindOf(stack: LayerStack, file: number, node: number, hasSameContent: CompareContents): HiddenKind {
  const kind = stack.kinds[node]!
  if (kind === KIND.none) return 'removed'
  return kind === KIND.file && hasSameContent(file, stack.fileOf[node]!) ? 'metadataOnly' : 'overwritten'
}

/** The path node that comes first as bytes, of each file that has another name in its layer than its first one. */
function smallestNames({layers, firstFiles, paths, nodesOf}: LayerStack): Map<number, number> {
  const smallest = new Map<number, number>()
  layers.forEach((tree, layer) => {
    const {kinds, fileOf} = tree
    const isRenamed = findRenamed(tree)
    if (isRenamed === null) return
    for (let at = 1; at < kinds.length; at++) {
      if (kinds[at] !== KIND.file || isRenamed[fileOf[at]!] === 0) continue
      const file = firstFiles[layer]! + fileOf[at]!
      const node = nodesOf[layer]![at]!
      const known = smallest.get(file)
      if (known === undefined || Buffer.compare(paths.pathOf(node), paths.pathOf(known)) < 0)
        smallest.set(file, node)
    }
  })
  return smallest
}

/** By file: 1 where the layer has several names for it, or where a later entry took the first one; null for none. */
function findRenamed({kinds, fileOf, files}: LayerTree): Uint8Array | null {
  const isRenamed = new Uint8Array(files.length)
  for (let file = 0; file < files.length; file++) {
    const node = files.nodes[file]!
    const hasFirst = kinds[node] === KIND.file && fileOf[node] === file
    if (files.linkCounts[file]! > 1 || !hasFirst) isRenamed[file] = 1
  }
  return isRenamed.includes(1) ? isRenamed : null
}
