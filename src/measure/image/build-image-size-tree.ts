import type {FoundKind} from '../../advice/facts/image/image-contents.js'
import type {SizeNode} from '../../report/size-node.js'
import {visitFiles} from '../../tree/image/figures/image-figures.js'
import {ROOT_NODE} from '../../tree/image/layers/path-table.js'
import type {LayerStack} from '../../tree/image/layers/stack-layers.js'

/** A branch with a smaller share of the whole is summed up. */
const MIN_SHARE = 0.001
const MAX_DEPTH = 12

/**
 * Makes a size tree of what one layer ships; `leavingBytes` is what the image does not show of it in the end.
 * @param layer null: of what the image shows in the end
 * @param wholeBytes what shares are taken of
 */
export function buildImageSizeTree(
  stack: LayerStack,
  contents: readonly FoundKind[],
  layer: number | null,
  wholeBytes: number,
): SizeNode {
  const sums = sumPaths(stack, layer)
  const kinds = new Map(contents.map(({node, kind}) => [node, kind]))
  const children = listChildren(stack, sums.bytes, wholeBytes * MIN_SHARE)
  const makeNode = (node: number, depth: number, inherited: {kind: string; title: string}): SizeNode => {
    const {kind, title} = kinds.get(node) ?? inherited
    const made = {
      ...figuresOf(sums, node),
      name: Buffer.from(stack.paths.nameOf(node)).toString(),
      path: stack.paths.pathOf(node).toString(),
      kind,
      title,
    }
    const named = depth === MAX_DEPTH ? [] : (children.get(node) ?? [])
    const parts = named.map((child) => makeNode(child, depth + 1, {kind, title}))
    return {...made, isDirectory: sums.isDirectory(node), children: withRest(made, parts)}
  }
  return makeNode(ROOT_NODE, 0, {kind: 'other', title: ''})
}

interface Sums {
  bytes: Float64Array
  hidden: Float64Array
  files: Uint32Array
  hiddenFiles: Uint32Array
  isDirectory(node: number): boolean
}

function sumPaths(stack: LayerStack, wanted: number | null): Sums {
  const {paths, nodeOf, linkCounts} = stack
  const bytes = new Float64Array(paths.length)
  const hidden = new Float64Array(paths.length)
  const files = new Uint32Array(paths.length)
  const hiddenFiles = new Uint32Array(paths.length)
  const own = new Uint8Array(paths.length)
  visitFiles(stack, (file, size, layer) => {
    const isShown = linkCounts[file]! > 0
    if (wanted === null ? !isShown : layer !== wanted) return
    const node = nodeOf[file]!
    bytes[node]! += size
    if (!isShown) {
      hidden[node]! += size
      hiddenFiles[node]!++
    }
    files[node]!++
    own[node] = 1
  })
  // A node stands behind its directory.
  for (let node = paths.length - 1; node > ROOT_NODE; node--) {
    const parent = paths.parentOf(node)
    bytes[parent]! += bytes[node]!
    hidden[parent]! += hidden[node]!
    files[parent]! += files[node]!
    hiddenFiles[parent]! += hiddenFiles[node]!
  }
  return {bytes, hidden, files, hiddenFiles, isDirectory: (node) => own[node] === 0}
}

function figuresOf({bytes, hidden, files, hiddenFiles}: Sums, node: number) {
  return {
    fileCount: files[node]!,
    transferBytes: bytes[node]!,
    leavingFileCount: hiddenFiles[node]!,
    leavingBytes: hidden[node]!,
  }
}

/** Of each directory what is large enough to be named, the largest first. */
function listChildren({paths}: LayerStack, bytes: Float64Array, minBytes: number): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (let node = 1; node < paths.length; node++) {
    if (bytes[node]! === 0 || bytes[node]! < minBytes) continue
    const parent = paths.parentOf(node)
    const known = children.get(parent)
    if (known === undefined) children.set(parent, [node])
    else known.push(node)
  }
  for (const list of children.values()) list.sort((one, other) => bytes[other]! - bytes[one]!)
  return children
}

type Figures = Omit<SizeNode, 'children' | 'isDirectory'>

/** Adds what is not named, so that the parts add up. */
function withRest(whole: Figures, parts: SizeNode[]): SizeNode[] {
  if (parts.length === 0) return []
  const sum = (pick: (node: Figures) => number) => parts.reduce((total, part) => total + pick(part), 0)
  const fileCount = whole.fileCount - sum((node) => node.fileCount)
  const transferBytes = whole.transferBytes - sum((node) => node.transferBytes)
  const leavingBytes = whole.leavingBytes - sum((node) => node.leavingBytes)
  if (transferBytes === 0 && fileCount === 0) return parts
  const rest: SizeNode = {
    ...whole,
    name: '',
    isDirectory: false,
    fileCount,
    transferBytes,
    leavingBytes,
    leavingFileCount: whole.leavingFileCount - sum((node) => node.leavingFileCount),
    children: [],
    isRest: true,
    restCount: fileCount,
  }
  return [...parts, rest]
}
