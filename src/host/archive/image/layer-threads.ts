import {Worker} from 'node:worker_threads'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {LayerFiles} from '../../../tree/image/layers/layer-files.js'
import type {ScanJob} from './scan-file.js'
import type {ScannedLayer} from './scanned-layer.js'

/** What a thread is asked: for a layer, or for the digest of its blob alone. */
export interface LayerQuestion {
  wants: 'layer' | 'digest'
  job: ScanJob
}

/** What it answers, or why it cannot. */
export type LayerAnswer = {layer: ScannedLayer} | {digest: string} | {fault: string} | {error: Error}

/** Reads one layer at a time, somewhere else. */
export interface LayerThread {
  /** @throws ImageFault for what is no layer */
  scan(job: ScanJob): Promise<ScannedLayer>
  hash(job: ScanJob): Promise<string>
}

/** What is new lives as briefly as the chunk it is read from: more room for it is only memory. */
const LIMITS = {maxYoungGenerationSizeMb: 8}

export class LayerThreads {
  readonly workers: LayerThread[]
  private readonly threads: Worker[]

  constructor(count: number) {
    this.threads = Array.from(
      {length: count},
      () => new Worker(new URL('./layer-worker.js', import.meta.url), {resourceLimits: LIMITS}),
    )
    this.workers = this.threads.map((thread) => ({
      scan: async (job) => revive((await ask(thread, {wants: 'layer', job})).layer),
      hash: async (job) => (await ask(thread, {wants: 'digest', job})).digest,
    }))
  }

  /** Ends the threads without waiting for it. */
  stop(): void {
    for (const thread of this.threads) void thread.terminate()
  }
}

async function ask(thread: Worker, question: LayerQuestion): Promise<{layer: ScannedLayer; digest: string}> {
  const answer = await new Promise<LayerAnswer>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.postMessage(question)
  })
  thread.removeAllListeners('error')
  if ('fault' in answer) throw new ImageFault(answer.fault)
  if ('error' in answer) throw answer.error
  return answer as {layer: ScannedLayer; digest: string}
}

/** A message keeps the columns and loses their class. */
function revive(layer: ScannedLayer): ScannedLayer {
  const files = Object.assign(new LayerFiles(), layer.tree.files)
  return {...layer, tree: {...layer.tree, files}}
}
