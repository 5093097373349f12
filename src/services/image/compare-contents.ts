import type {LoadedImage} from './load/load-images.js'

/** Of two large files so many bytes are compared at a time. */
const PIECE_BYTES = 1024 * 1024

/** A file of a layer: the layer's index, and the file's in it. */
export interface FileOfLayer {
  image: LoadedImage
  layer: number
  file: number
}

/**
 * Tells whether two files hold the same bytes: by the digests taken on the way, else by reading both again. Where only
 * headers were read, two files of one size and time count as the same.
 */
export function haveSameContent(one: FileOfLayer, other: FileOfLayer): boolean {
  const [a, b] = [filesOf(one), filesOf(other)]
  if (a.sizes[one.file] !== b.sizes[other.file]) return false
  const [digest, otherDigest] = [a.digestOf(one.file), b.digestOf(other.file)]
  if (digest !== null && otherDigest !== null) return digest === otherDigest
  if (!one.image.isVerified || !other.image.isVerified)
    return Math.floor(a.modified[one.file]!) === Math.floor(b.modified[other.file]!)
  return haveSameBytes(one, other, a.sizes[one.file]!)
}

function filesOf({image, layer}: FileOfLayer) {
  return image.stack.layers[layer]!.files
}

function haveSameBytes(one: FileOfLayer, other: FileOfLayer, size: number): boolean {
  for (let at = 0; at < size; at += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, size - at)
    const [a, b] = [readContent(one, at, length), readContent(other, at, length)]
    if (a === null || b === null || !a.equals(b)) return false
  }
  return true
}

/** Bytes of a file's content; null where its layer cannot be read again. */
export function readContent({image, layer, file}: FileOfLayer, start: number, length: number): Buffer | null {
  if (image.layers[layer]!.compression !== 'none') return null
  const {contentStarts} = image.stack.layers[layer]!.files
  return image.archive.readLayer(image.found.layers[layer]!.path, contentStarts[file]! + start, length)
}

/** The layer's file that a file of the stack is. */
export function fileOfStack(image: LoadedImage, file: number): FileOfLayer {
  const {firstFiles} = image.stack
  let [low, high] = [0, firstFiles.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (firstFiles[middle]! <= file) low = middle
    else high = middle
  }
  return {image, layer: low, file: file - firstFiles[low]!}
}
