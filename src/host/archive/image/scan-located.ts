import {closeSync, openSync} from 'node:fs'
import {availableParallelism} from 'node:os'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {algorithmOf} from '../../../tree/image/manifest/digest.js'
import type {LayerRef} from '../../../tree/image/manifest/found-image.js'
import {nameLayer, type ReadLayers} from './image-archive.js'
import {type LayerQuestion, LayerThreads} from './layer-threads.js'
import type {ScanJob, StoredFile} from './scan-file.js'
import {compressionAt, type FileRange, hashRange, scanFile} from './scan-file.js'
import type {LayerDigests, ScannedLayer, ScanWishes} from './scanned-layer.js'

/** A layer that lies in a file. */
interface LocatedLayer {
  layer: LayerRef
  location: StoredFile
}

interface LayerTask extends LayerQuestion {
  layer: LayerRef
}

/** Starting a thread takes as long as reading so many bytes. */
const THREADS_FROM_BYTES = 32 * 2 ** 20
const MAX_THREADS = 4

/**
 * Reads layers that lie in files. Threads read compressed layers, the largest first. Of an uncompressed one they compute
 * the digest alone, and that goes on while the caller looks at what its headers say, which this thread reads: each thread
 * would have to compile all that for itself, which takes longer than the headers of 10,000 files.
 */
export class LocatedLayers {
  private readonly tasks: LayerTask[]
  private readonly threads: LayerThreads | null

  constructor(layers: readonly LocatedLayer[], {verifies, keeps}: ScanWishes) {
    const seed = (Math.random() * 2 ** 32) | 0
    const tasks = layers.map(({layer, location}): LayerTask => {
      const algorithm = algorithmOf(layer.digest ?? '')
      const options = {verifies, keeps, seed, algorithm, isSeekable: true}
      return {layer, wants: isPlain(location) ? 'digest' : 'layer', job: {location, options}}
    })
    this.tasks = tasks.toSorted(compareTasks)
    this.threads = verifies ? startThreads(this.tasks) : null
  }

  /** @throws ImageFault for what is no layer, the layer named */
  async read(): Promise<ReadLayers> {
    const layers = new Map<string, ScannedLayer>()
    // Threads begin at the other end, with what they alone read.
    for (const [at, task] of [...this.tasks.entries()].reverse())
      layers.set(task.layer.path, await named(task.layer, this.readOne(at, task)))
    // A thread's memory is better used by what comes next.
    if (this.tasks.every(({wants}) => wants === 'layer')) this.stop()
    return {layers, finishDigests: () => this.finishDigests()}
  }

  /** Ends what is still being computed. */
  stop(): void {
    this.threads?.stop()
  }

  private readOne(at: number, {wants, job}: LayerTask): Promise<ScannedLayer> {
    if (this.threads === null) return scanHere(job)
    if (wants === 'layer') return this.threads.layerOf(at)
    return scanHere({...job, options: {...job.options, verifies: false}})
  }

  /** Computes the digests that the threads have not come to, and waits for theirs. */
  private async finishDigests(): Promise<Map<string, LayerDigests>> {
    const {tasks, threads} = this
    const digests = new Map<string, LayerDigests>()
    if (threads === null) return digests
    for (let at = threads.take(); at !== null; at = threads.take()) threads.tell(at, hashHere(tasks[at]!.job))
    for (const [at, {layer, wants}] of tasks.entries()) {
      if (wants === 'layer') continue
      const digest = await threads.digestOf(at)
      digests.set(layer.path, {digest, diffId: digest})
    }
    threads.stop()
    return digests
  }
}

/** Compressed layers come first, and what takes long before what does not. */
function compareTasks(one: LayerTask, other: LayerTask): number {
  if (one.wants !== other.wants) return one.wants === 'layer' ? -1 : 1
  return other.job.location.size - one.job.location.size
}

function startThreads(tasks: readonly LayerTask[]): LayerThreads | null {
  const bytes = tasks.reduce((sum, {job}) => sum + job.location.size, 0)
  const isShared = tasks.length > 1 || tasks[0]?.wants === 'digest'
  const isAllPlain = tasks.every(({wants}) => wants === 'digest')
  const count = Math.min(tasks.length, availableParallelism() - (isAllPlain ? 1 : 0), MAX_THREADS)
  if (!isShared || availableParallelism() === 1 || bytes <= THREADS_FROM_BYTES) return null
  return new LayerThreads(
    count,
    tasks.map(({wants, job}) => ({wants, job})),
  )
}

/** The digest of a layer's blob as it lies in a file. */
export function hashHere({location, options}: ScanJob): string {
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

async function named(layer: LayerRef, scan: Promise<ScannedLayer>): Promise<ScannedLayer> {
  try {
    return await scan
  } catch (error) {
    if (error instanceof ImageFault)
      throw new ImageFault(`${nameLayer(layer)} cannot be read: ${error.message}`)
    throw error
  }
}
