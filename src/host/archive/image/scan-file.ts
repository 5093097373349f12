import {createHash} from 'node:crypto'
import {readSync} from 'node:fs'
import {type Compression, compressionOf, MAGIC_BYTES} from '../../../tree/image/compression.js'
import {LayerTreeBuilder} from '../../../tree/image/layers/layer-tree.js'
import type {DigestAlgorithm} from '../../../tree/image/manifest/digest.js'
import {TarScanner} from '../../../tree/image/tar/tar-scanner.js'
import {estimateGzip} from './gzip-sampler.js'
import {LayerScan, type LayerScanOptions} from './layer-scan.js'
import type {ScannedLayer} from './scanned-layer.js'

/** Where bytes lie in an open file. */
export interface FileRange {
  descriptor: number
  start: number
  size: number
}

/** More than fits into the processor's nearest cache takes longer to hash. */
const CHUNK_BYTES = 128 * 1024

/** Reads a layer's blob from a file. @throws ImageFault for what is no layer */
export async function scanFile(range: FileRange, options: LayerScanOptions): Promise<ScannedLayer> {
  if (!options.verifies && compressionAt(range) === 'none') return seekHeaders(range, options)
  const scan = new LayerScan(options, range.size)
  for (const chunk of readChunks(range)) await scan.write(chunk)
  return scan.finish()
}

/** The digest of all bytes of a range. */
export function hashRange(range: FileRange, algorithm: DigestAlgorithm): string {
  const hash = createHash(algorithm)
  for (const chunk of readChunks(range)) hash.update(chunk)
  return `${algorithm}:${hash.digest('hex')}`
}

export function compressionAt(range: FileRange): Compression {
  const start = Buffer.alloc(MAGIC_BYTES)
  return compressionOf(start.subarray(0, readAt(range, 0, start)))
}

/** Each chunk is read into the memory of the one before. */
function* readChunks(range: FileRange): Generator<Buffer> {
  const memory = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, range.size)))
  for (let at = 0; at < range.size; ) {
    const read = readAt(range, at, memory)
    if (read === 0) return
    yield memory.subarray(0, read)
    at += read
  }
}

/** Reads the headers of an uncompressed layer and passes over contents, but for a sample of them. */
async function seekHeaders(range: FileRange, options: LayerScanOptions): Promise<ScannedLayer> {
  const scan = async () => {
    const builder = new LayerTreeBuilder(options.seed)
    scanSkipping(range, new TarScanner({entry: (entry) => void builder.add(entry)}))
    return builder.finish()
  }
  const estimate = estimateGzip(range.size, (start, buffer) => readAt(range, start, buffer))
  const [tree, gzipEstimate] = await Promise.all([scan(), estimate])
  return {
    tree,
    compression: 'none',
    compressedBytes: range.size,
    tarBytes: range.size,
    digests: null,
    gzipEstimate,
  }
}

/** One header; and so many that a call costs nothing beside what is in them. */
const MIN_WINDOW_BYTES = 512
const MAX_WINDOW_BYTES = 64 * 1024
/** Fewer bytes are read in the time of a call. */
const WORTH_SKIPPING_BYTES = 4096

/**
 * Reads a tar's headers and passes over its contents: the window grows where files are small, and shrinks where there is
 * much to pass over.
 * @throws ImageFault for what is no tar
 */
export function scanSkipping(range: FileRange, scanner: TarScanner): void {
  const memory = Buffer.allocUnsafe(MAX_WINDOW_BYTES)
  let window = MIN_WINDOW_BYTES
  for (let at = 0; at < range.size && !scanner.hasEnded; ) {
    const read = readAt(range, at, memory.subarray(0, window))
    if (read === 0) break
    scanner.push(memory.subarray(0, read))
    const skipped = Math.min(scanner.skippable, range.size - at - read)
    if (skipped > 0) scanner.skip(skipped)
    at += read + skipped
    window = nextWindow(window, skipped)
  }
  scanner.end()
}

function nextWindow(window: number, skipped: number): number {
  if (skipped < WORTH_SKIPPING_BYTES) return Math.min(2 * window, MAX_WINDOW_BYTES)
  return Math.max(window >> 1, MIN_WINDOW_BYTES)
}

/** Fills a buffer from a place of the range as far as both go, and returns how many bytes there were. */
export function readAt({descriptor, start, size}: FileRange, at: number, buffer: Buffer): number {
  const wanted = Math.min(buffer.length, size - at)
  let length = 0
  while (length < wanted) {
    const read = readSync(descriptor, buffer, length, wanted - length, start + at + length)
    if (read === 0) break
    length += read
  }
  return length
}

/** Where a file of an archive lies on disk. */
export interface StoredFile {
  /** An absolute path. */
  file: string
  start: number
  size: number
}

/** What a thread is asked for. */
export interface ScanJob {
  location: StoredFile
  options: LayerScanOptions
}
