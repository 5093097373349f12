import {createHash} from 'node:crypto'
import {SparseHash} from '../../host/archive/image/sparse-hash.js'
import {DIGEST_BYTES} from '../../tree/image/layers/layer-files.js'
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
 * Tells whether two files hold the same bytes: by the digests taken on the way, else by reading again what was not
 * compressed. Where only headers were read, two files of one size and time count as the same.
 */
export function haveSameContent(one: FileOfLayer, other: FileOfLayer): boolean {
  const [a, b] = [filesOf(one), filesOf(other)]
  if (a.sizes[one.file] !== b.sizes[other.file]) return false
  if (!one.image.isVerified || !other.image.isVerified)
    return Math.floor(a.modified[one.file]!) === Math.floor(b.modified[other.file]!)
  const canCompare = a.digests === null && b.digests === null && !isSparse(one) && !isSparse(other)
  if (canCompare) return haveSameBytes(one, other, a.sizes[one.file]!)
  const digest = digestOf(one)
  return digest !== null && digest === digestOf(other)
}

/** The first bytes of a content's SHA-256 in hexadecimal digits; null where it cannot be read. */
export function digestOf(place: FileOfLayer): string | null {
  const files = filesOf(place)
  const known = files.digestOf(place.file)
  if (known !== null) return known
  const size = files.sizes[place.file]!
  const map = files.sparseMaps.get(place.file)
  const storedBytes = map?.reduce((sum, value, at) => sum + (at % 2) * value, 0) ?? size
  const hash = map === undefined ? createHash('sha256') : new SparseHash(map, size, storedBytes)
  for (let at = 0; at < storedBytes; at += PIECE_BYTES) {
    const piece = readStored(place, at, Math.min(PIECE_BYTES, storedBytes - at))
    if (piece === null) return null
    hash.update(piece)
  }
  return hash.digest().subarray(0, DIGEST_BYTES).toString('hex')
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

function isSparse(place: FileOfLayer): boolean {
  return filesOf(place).sparseMaps.has(place.file)
}

/** Bytes of a file's content; null where its layer cannot be read again, and for a sparse file. */
export function readContent(place: FileOfLayer, start: number, length: number): Buffer | null {
  return isSparse(place) ? null : readStored(place, start, length)
}

function readStored({image, layer, file}: FileOfLayer, start: number, length: number): Buffer | null {
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
