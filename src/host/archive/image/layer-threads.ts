import {Worker} from 'node:worker_threads'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {LayerFiles} from '../../../tree/image/layers/layer-files.js'
import type {ScanJob} from './scan-file.js'
import type {ScannedLayer} from './scanned-layer.js'

/** What is wanted of a layer: all, or the digest of its blob alone. */
export interface LayerQuestion {
  wants: 'layer' | 'digest'
  job: ScanJob
}

/** All questions, in the order in which they are worked on. */
export interface LayerQuestions {
  questions: readonly LayerQuestion[]
  /** Shared by all threads: the index of the next question that no thread has taken. */
  next: Int32Array
}

/** The answer to the question of that index, or why there is none. */
export type LayerAnswer = {at: number} & (
  | {layer: ScannedLayer}
  | {digest: string}
  | {fault: string}
  | {error: Error}
)

/** What is new lives as briefly as the chunk it is read from: more room for it is only memory. */
const LIMITS = {maxYoungGenerationSizeMb: 8}

interface Waiting {
  resolve(answer: LayerAnswer): void
  reject(error: unknown): void
}

/** Threads that take questions from a shared queue, so that the main thread may be busy. */
export class LayerThreads {
  private readonly threads: Worker[]
  private readonly next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  private readonly waiting: Waiting[] = []
  private readonly answers: Promise<LayerAnswer>[]

  constructor(count: number, questions: readonly LayerQuestion[]) {
    this.answers = questions.map(
      (_, at) => new Promise((resolve, reject) => (this.waiting[at] = {resolve, reject})),
    )
    // Who has given up waiting does not hear of another fault.
    for (const answer of this.answers) answer.catch(() => {})
    this.threads = Array.from({length: count}, () => this.start({questions, next: this.next}))
  }

  /** The layer that a question wanted. @throws ImageFault for what is no layer */
  async layerOf(question: number): Promise<ScannedLayer> {
    const answer = await this.answers[question]!
    return revive((answer as {layer: ScannedLayer}).layer)
  }

  async digestOf(question: number): Promise<string> {
    const answer = await this.answers[question]!
    return (answer as {digest: string}).digest
  }

  /** Takes a question away from the threads; null if there is none left. */
  take(): number | null {
    const at = Atomics.add(this.next, 0, 1)
    return at < this.answers.length ? at : null
  }

  /** Answers a question that was taken. */
  tell(at: number, digest: string): void {
    this.settle({at, digest})
  }

  /** Ends the threads without waiting for it. */
  stop(): void {
    for (const thread of this.threads) void thread.terminate()
  }

  private start(questions: LayerQuestions): Worker {
    const thread = new Worker(new URL('./layer-worker.js', import.meta.url), {resourceLimits: LIMITS})
    thread.on('message', (answer: LayerAnswer) => this.settle(answer))
    thread.on('error', (error) => {
      for (const {reject} of this.waiting) reject(error)
    })
    thread.postMessage(questions)
    return thread
  }

  private settle(answer: LayerAnswer): void {
    const {resolve, reject} = this.waiting[answer.at]!
    if ('fault' in answer) reject(new ImageFault(answer.fault))
    else if ('error' in answer) reject(answer.error)
    else resolve(answer)
  }
}

/** A message keeps the columns and loses their class. */
function revive(layer: ScannedLayer): ScannedLayer {
  const files = Object.assign(new LayerFiles(), layer.tree.files)
  return {...layer, tree: {...layer.tree, files}}
}
