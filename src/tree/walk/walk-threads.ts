import {availableParallelism} from 'node:os'
import {Worker} from 'node:worker_threads'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {EntryColumns} from '../model/entry-columns.js'
import type {RefreshFindings, RefreshRoot} from './index/refresh-entries.js'
import type {Batch, DirectoryTask} from './walk-batch.js'

/** The data that a thread starts with. */
export interface ThreadSetup {
  patternSets: readonly (readonly IgnorePattern[])[]
  maxEntries: number
  /** The last walk's index, shared. */
  index: SharedArrayBuffer | null
  device: number | null
  /** What to look at before anything else; null: nothing. */
  refresh: {memory: SharedArrayBuffer; root: RefreshRoot} | null
}

const MAX_THREADS = 8

/** A thread works on one share while the next one waits; else it would idle until the main thread has time. */
const MAX_SHARES = 2

/** What a thread answers: first what it found in refreshing, if it was to, then a batch for each share, in their order. */
export type ThreadAnswer = {findings: RefreshFindings; batch: null} | {findings: null; batch: Batch}

/** A thread, and who waits for its answers. */
interface Reader {
  worker: Worker
  waiting: {resolve: (answer: ThreadAnswer) => void; reject: (error: Error) => void}[]
  /** Why it answers no more; null: it does. */
  failure: Error | null
}

/** Threads that read directories beside the main one. Started only for a walk that is worth their start-up time. */
export class WalkThreads {
  /** What the threads found in refreshing. */
  readonly refreshed: Promise<RefreshFindings[]>
  private readonly readers: Reader[] = []

  constructor(setup: ThreadSetup) {
    const count = Math.min(availableParallelism(), MAX_THREADS) - 1
    try {
      for (let started = 0; started < count; started++) this.readers.push(startReader(setup))
    } catch {
      // As many as the system allows: the main thread works, too.
    }
    const refreshing = setup.refresh === null ? [] : this.readers
    this.refreshed = Promise.all(
      refreshing.map(async (reader) => {
        const {findings} = await waitFor(reader)
        return findings!
      }),
    )
    // It is awaited after the main thread has done its part. Until then its rejection must not end the process.
    this.refreshed.catch(() => {})
  }

  /** Whether a thread would take one more share. */
  get hasRoom(): boolean {
    return this.readers.some(({waiting}) => waiting.length < MAX_SHARES)
  }

  /** Hands tasks to the thread that has least to do. */
  async run(tasks: readonly DirectoryTask[]): Promise<Batch> {
    const reader = this.readers.reduce((one, other) =>
      other.waiting.length < one.waiting.length ? other : one,
    )
    reader.worker.postMessage(tasks)
    const {batch} = await waitFor(reader)
    return reviveBatch(batch!)
  }

  /** Ends the threads. Nobody waits for it: taking down their memory takes as long as 20,000 entries. */
  stop(): void {
    for (const {worker} of this.readers) void worker.terminate()
  }
}

function startReader(setup: ThreadSetup): Reader {
  const worker = new Worker(new URL('./walk-worker.js', import.meta.url), {workerData: setup})
  const reader: Reader = {worker, waiting: [], failure: null}
  worker.on('message', (answer: ThreadAnswer) => reader.waiting.shift()?.resolve(answer))
  worker.on('error', (error: Error) => {
    reader.failure = error
    for (const {reject} of reader.waiting.splice(0)) reject(error)
  })
  return reader
}

function waitFor({waiting, failure}: Reader): Promise<ThreadAnswer> {
  if (failure !== null) return Promise.reject(failure)
  return new Promise((resolve, reject) => waiting.push({resolve, reject}))
}

/** A message keeps the columns' arrays and loses their class. */
function reviveBatch(batch: Batch): Batch {
  const columns: EntryColumns = Object.assign(new EntryColumns(), batch.columns)
  columns.names = Buffer.from(columns.names.buffer, columns.names.byteOffset, columns.names.length)
  return {...batch, columns}
}
