import type {DuplicateFiles} from '../../advice/facts/image/image-facts.js'
import {visitFiles} from '../../tree/image/figures/image-figures.js'
import {KIND} from '../../tree/image/layers/layer-tree.js'
import {digestOf, fileOfStack} from './compare-contents.js'
import type {LoadedImage} from './load/load-images.js'

/** Smaller files are not worth a line. */
const MIN_BYTES = 4096

/**
 * Finds files of one content at several paths that the image shows, what they cost first.
 * @param readsAll reads files of one size where their digests were not taken on the way
 * @returns null where contents are not known
 */
export function findDuplicates(image: LoadedImage, readsAll: boolean): DuplicateFiles[] | null {
  const isKnown = image.layers.every(({tree}) => tree.files.digests !== null || tree.files.length === 0)
  if (!isKnown && !readsAll) return null
  const groups = new Map<string, number[]>()
  for (const files of groupBySize(image).values()) {
    if (files.length < 2) continue
    for (const file of files) {
      const digest = digestOf(fileOfStack(image, file))
      if (digest === null) continue
      const known = groups.get(digest)
      if (known === undefined) groups.set(digest, [file])
      else known.push(file)
    }
  }
  const nodes = findShownNodes(image)
  return [...groups.values()]
    .filter((files) => files.length > 1)
    .map((files) => toDuplicates(image, files, nodes))
    .sort((one, other) => costOf(other) - costOf(one))
}

function costOf({bytes, nodes}: DuplicateFiles): number {
  return bytes * (nodes.length - 1)
}

function groupBySize({stack}: LoadedImage): Map<number, number[]> {
  const bySize = new Map<number, number[]>()
  visitFiles(stack, (file, size) => {
    if (size < MIN_BYTES || stack.linkCounts[file] === 0) return
    const known = bySize.get(size)
    if (known === undefined) bySize.set(size, [file])
    else known.push(file)
  })
  return bySize
}

/** By file: the first path node where the image shows it; a later layer may have taken the name that it had first. */
function findShownNodes({stack: {kinds, fileOf, nodeOf}}: LoadedImage): Int32Array {
  const nodes = new Int32Array(nodeOf.length)
  for (let node = kinds.length - 1; node > 0; node--)
    if (kinds[node] === KIND.file) nodes[fileOf[node]!] = node
  return nodes
}

function toDuplicates(image: LoadedImage, files: readonly number[], shown: Int32Array): DuplicateFiles {
  const {layer, file} = fileOfStack(image, files[0]!)
  return {
    bytes: image.stack.layers[layer]!.files.sizes[file]!,
    nodes: files.map((one) => shown[one]!).sort((one, other) => one - other),
  }
}
