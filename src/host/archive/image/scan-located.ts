import {closeSync, openSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {algorithmOf} from '../../../tree/image/manifest/digest.js'
import type {LayerRef} from '../../../tree/image/manifest/found-image.js'
import {nameLayer} from './image-archive.js'
import {type LayerThread, LayerThreads} from './layer-threads.js'
import type {ScanJob, StoredFile} from './scan-file.js'
import {compressionAt, type FileRange, hashRange, scanFile} from './scan-file.js'
import type {ScannedLayer, ScanWishes} from './scanned-layer.js'

/** A layer that lies in a file. */
interface LocatedLayer {
  layer: LayerRef
  location: StoredFile
}

/** Starting a thread takes as long as reading so many bytes. */
const THREADS_FROM_BYTES = 32 * 2 ** 20
const MAX_THREADS = 4

/** Reads layers, the largest first, several at once where that pays. @throws ImageFault with the layer's name */
export async function scanLocated(
  layers: readonly LocatedLayer[],
  wishes: ScanWishes,
): Promise<Map<string, ScannedLayer>> {
  const sorted = layers.toSorted((one, other) => other.location.size - one.location.size)
  const threads = startThreads(sorted, wishes.verifies)
  const seed = (Math.random() * 2 ** 32) | 0
  const scanned = new Map<string, ScannedLayer>()
  try {
    const pending = sorted.values()
    const work = async (scan: LayerReader) => {
      for (const {layer, location} of pending) {
        const options = {...wishes, seed, algorithm: algorithmOf(layer.digest ?? ''), isSeekable: true}
        scanned.set(layer.path, await named(layer, scan({location, options})))
      }
    }
    const readers = threads?.workers.map(
      (thread): LayerReader =>
        (job) =>
          scanWith(thread, job),
    )
    await Promise.all((readers ?? [scanHere]).map(work))
  } finally {
    threads?.stop()
  }
  return scanned
}

type LayerReader = (job: ScanJob) => Promise<ScannedLayer>

/**
 * Has a thread read a layer; of an uncompressed one it computes the digest alone, while this thread reads the headers:
 * each thread would have to compile all that for itself, which takes longer than the headers of 10,000 files.
 */
async function scanWith(thread: LayerThread, job: ScanJob): Promise<ScannedLayer> {
  if (!isPlain(job.location)) return thread.scan(job)
  const digest = thread.hash(job)
  const headers = scanHere({...job, options: {...job.options, verifies: false}})
  const [layer, diffId] = await Promise.all([headers, digest])
  return {...layer, digest: diffId, diffId}
}

/** The digest of a layer's blob as it lies in a file. */
export async function hashHere({location, options}: ScanJob): Promise<string> {
  return withRange(location, (range) => hashRange(range, options.algorithm))
}

function isPlain(location: StoredFile): boolean {
  return withRange(location, (range) => compressionAt(range) === 'none')
}

/** Reads a layer in this thread. @throws ImageFault for what is no layer */
export async function scanHere({location: {file, start, size}, options}: ScanJob): Promise<ScannedLayer> {
  const descriptor = openSync(file, 'r')
  try {
    return await scanFile({descriptor, start, size}, options)
  } finally {
    closeSync(descriptor)
  }
}

function withRange<Answer>({file, start, size}: StoredFile, read: (range: FileRange) => Answer): Answer {
  const descriptor = openSync(file, 'r')
  try {
    return read({descriptor, start, size})
  } finally {
    closeSync(descriptor)
  }
}

function startThreads(layers: readonly LocatedLayer[], verifies: boolean): LayerThreads | null {
  const bytes = layers.reduce((sum, {location}) => sum + location.size, 0)
  const count = Math.min(layers.length, availableParallelism(), MAX_THREADS)
  // Headers alone are read faster than threads start.
  return count > 1 && verifies && bytes > THREADS_FROM_BYTES ? new LayerThreads(count) : null
}

async function named(layer: LayerRef, scan: Promise<ScannedLayer>): Promise<ScannedLayer> {
  try {
    return await scan
  } catch (error) {
    if (error instanceof ImageFault)
      throw new ImageFault(`${nameLayer(layer)} cannot be read: ${error.message}`)
    throw error
  }
}
