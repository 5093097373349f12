import type {ImageArchive} from '../../host/archive/image/image-archive.js'
import type {CompareContents} from '../../tree/image/figures/hidden-files.js'
import type {LayerStack} from '../../tree/image/layers/stack-layers.js'
import type {LoadedImage} from './load-images.js'

/** Of two large files so many bytes are compared at a time. */
const PIECE_BYTES = 1024 * 1024

/**
 * A comparison of two files of an image: by the digests taken on the way, else by reading both again. Where only headers
 * were read, two files of one size and time count as the same.
 */
export function contentsOf(archive: ImageArchive, image: LoadedImage, isVerified: boolean): CompareContents {
  return (one, other) => {
    const [a, b] = [placeOf(image, one), placeOf(image, other)]
    if (a.size !== b.size) return false
    if (!isVerified) return a.modified === b.modified
    if (a.digest !== null && b.digest !== null) return a.digest === b.digest
    return haveSameBytes(archive, a, b)
  }
}

interface Place {
  path: string
  start: number
  size: number
  modified: number
  digest: string | null
}

function placeOf({found, stack}: LoadedImage, file: number): Place {
  const layer = layerOf(stack, file)
  const at = file - stack.firstFiles[layer]!
  const {files} = stack.layers[layer]!
  return {
    path: found.layers[layer]!.path,
    start: files.contentStarts[at]!,
    size: files.sizes[at]!,
    modified: Math.floor(files.modified[at]!),
    digest: files.digestOf(at),
  }
}

/** The layer that a file of a stack lies in. */
export function layerOf({firstFiles}: LayerStack, file: number): number {
  let [low, high] = [0, firstFiles.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (firstFiles[middle]! <= file) low = middle
    else high = middle
  }
  return low
}

function haveSameBytes(archive: ImageArchive, one: Place, other: Place): boolean {
  for (let at = 0; at < one.size; at += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, one.size - at)
    const a = archive.readLayer(one.path, one.start + at, length)
    const b = archive.readLayer(other.path, other.start + at, length)
    if (a === null || b === null || !a.equals(b)) return false
  }
  return true
}
