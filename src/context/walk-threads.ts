import {availableParallelism} from 'node:os'
import {Worker} from 'node:worker_threads'
import type {IgnorePattern} from '../ignore/parse-ignore-file.js'
import {EntryColumns} from './entry-columns.js'
import type {Batch, DirectoryTask} from './walk-batch.js'

/** What a thread is told when it starts. */
export interface ThreadSetup {
  patternSets: readonly (readonly IgnorePattern[])[]
  maxEntries: number
}

const MAX_THREADS = 8

/** Threads that read directories beside the main one. Started only for a walk that is worth their start-up time. */
export class WalkThreads {
  private readonly idle: Worker[] = []
  private readonly all: Worker[] = []

  constructor(setup: ThreadSetup) {
    const count = Math.min(availableParallelism(), MAX_THREADS) - 1
    for (let started = 0; started < count; started++) {
      const worker = new Worker(new URL('./walk-worker.js', import.meta.url), {workerData: setup})
      this.idle.push(worker)
      this.all.push(worker)
    }
  }

  get idleCount(): number {
    return this.idle.length
  }

  get busyCount(): number {
    return this.all.length - this.idle.length
  }

  /** Hands tasks to an idle thread; there must be one. */
  run(tasks: readonly DirectoryTask[]): Promise<Batch> {
    const worker = this.idle.pop()!
    return new Promise((resolve, reject) => {
      worker.once('error', reject)
      worker.once('message', (batch: Batch) => {
        worker.off('error', reject)
        this.idle.push(worker)
        resolve(reviveBatch(batch))
      })
      worker.postMessage(tasks)
    })
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.terminate()))
  }
}

/** A message keeps the columns' arrays and loses their class. */
function reviveBatch(batch: Batch): Batch {
  const columns: EntryColumns = Object.assign(new EntryColumns(), batch.columns)
  columns.names = Buffer.from(columns.names.buffer, columns.names.byteOffset, columns.names.length)
  return {...batch, columns}
}
