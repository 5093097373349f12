import {Worker} from 'node:worker_threads'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {LayerFiles} from '../../../tree/image/layers/layer-files.js'
import type {ScanJob} from './scan-located.js'
import type {ScannedLayer} from './scanned-layer.js'

/** What a thread answers: the layer, or why there is none. */
export type LayerAnswer = {layer: ScannedLayer} | {fault: string} | {error: Error}

/** What is new lives as briefly as the chunk it is read from: more room for it is only memory. */
const LIMITS = {maxYoungGenerationSizeMb: 8}

/** Threads that each read one layer at a time. */
export class LayerThreads {
  /** One function a thread; each waits for its own thread. */
  readonly workers: ((job: ScanJob) => Promise<ScannedLayer>)[]
  private readonly threads: Worker[]

  constructor(count: number) {
    this.threads = Array.from(
      {length: count},
      () => new Worker(new URL('./layer-worker.js', import.meta.url), {resourceLimits: LIMITS}),
    )
    this.workers = this.threads.map((thread) => (job) => ask(thread, job))
  }

  /** Ends the threads without waiting for it. */
  stop(): void {
    for (const thread of this.threads) void thread.terminate()
  }
}

async function ask(thread: Worker, job: ScanJob): Promise<ScannedLayer> {
  const answer = await new Promise<LayerAnswer>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.postMessage(job)
  })
  thread.removeAllListeners('error')
  if ('fault' in answer) throw new ImageFault(answer.fault)
  if ('error' in answer) throw answer.error
  return revive(answer.layer)
}

/** A message keeps the columns and loses their class. */
function revive(layer: ScannedLayer): ScannedLayer {
  const files = Object.assign(new LayerFiles(), layer.tree.files)
  return {...layer, tree: {...layer.tree, files}}
}
