import {setImmediate} from 'node:timers/promises'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {isDirectoryMode} from '../model/file-mode.js'
import {WalkedBatches} from './assemble-tree.js'
import {Descent} from './descent.js'
import {openIndexedWalk} from './index/indexed-walk.js'
import type {WalkIndex} from './index/walk-index.js'
import {NoPreviousWalk, type PreviousWalk, type WalkedTree} from './previous-walk.js'
import type {HostPath} from './read-entry.js'
import {loadXattrReader} from './read-xattrs.js'
import {type Batch, type PendingDirectory, walkBatch} from './walk-batch.js'
import type {WalkProgress} from './walk-progress.js'
import {type ThreadSetup, WalkThreads} from './walk-threads.js'

export interface WalkOptions {
  /** The patterns of every ignore file in play: what none of them lets Docker enter is not read. Default: read everything. */
  patternSets?: readonly (readonly IgnorePattern[])[]
  /** Called now and then. */
  onProgress?: WalkProgress
  /** False keeps to one thread. Default: more threads once the walk, or the last one, has proved large. */
  useThreads?: boolean
  /** What the last walk of this directory saw. Default: nothing is known. */
  index?: WalkIndex | null
  /** Notes what the next walk can rely on. Default: false. */
  isRecorded?: boolean
  /** When the walk began, in milliseconds since 1970: what changed shortly before is not relied on. Default: now. */
  startedAt?: number
}

export interface WalkResult extends WalkedTree {
  /** Why the context itself could not be read to its end, as an error code; null if it could. */
  problem: string | null
  /** Whether extended attributes could be read. */
  hasXattrs: boolean
}

const BATCH_ENTRIES = 2_000
const TASKS_PER_SHARE = 32
const THREADS_FROM_ENTRIES = 4_000

/**
 * Walks a context once, links not followed, into a tree of all that Docker may visit.
 * @throws what `readDirectory` cannot absorb; a context that cannot be read gives what was read of it, and the problem
 */
export async function walkContext(contextDir: HostPath, options: WalkOptions = {}): Promise<WalkResult> {
  const readXattrs = loadXattrReader()
  const patternSets = options.patternSets ?? [[]]
  const descent = new Descent(patternSets)
  const batches = new WalkedBatches()
  const root = {hostPath: contextDir, contextPath: '', states: descent.atRoot, known: null}
  const previous =
    openIndexedWalk({...options, root, descent, batches, readXattrs}) ??
    new NoPreviousWalk(root, batches, readXattrs)
  const walked = await new Walk({...options, patternSets, descent, batches, previous}).run()
  return {...walked, problem: batches.problem, hasXattrs: readXattrs !== null}
}

interface WalkInputs extends Pick<WalkOptions, 'onProgress' | 'useThreads'> {
  patternSets: readonly (readonly IgnorePattern[])[]
  descent: Descent
  batches: WalkedBatches
  previous: PreviousWalk
}

class Walk {
  private readonly pending: PendingDirectory[] = []
  private threads: WalkThreads | null = null
  private fileBytes = 0

  constructor(private readonly inputs: WalkInputs) {}

  async run(): Promise<WalkedTree> {
    const {previous, onProgress} = this.inputs
    try {
      await previous.refresh({
        startThreads: (entryCount, work) => this.startThreads(entryCount, work),
        onProgress,
      })
      this.pending.push(...previous.begin())
      while (this.pending.length > 0) {
        this.walkHere()
        if (this.pending.length > 1) await this.shareOut()
      }
    } finally {
      this.threads?.stop()
    }
    return previous.finish()
  }

  /** Starts threads, unless they run already. @returns null where so many entries are not worth them */
  private startThreads(entryCount: number, refresh: ThreadSetup['refresh']): WalkThreads | null {
    const {patternSets, previous, useThreads} = this.inputs
    if (useThreads === false || entryCount < THREADS_FROM_ENTRIES) return null
    this.threads ??= new WalkThreads({
      ...previous.threadSetup,
      patternSets,
      maxEntries: BATCH_ENTRIES,
      refresh,
    })
    return this.threads
  }

  /** Works beside threads until everything is read, once that is worth their start. */
  private async shareOut(): Promise<void> {
    const threads = this.startThreads(this.inputs.batches.entryCount, null)
    if (threads === null) return
    const running = new Set<Promise<void>>()
    while (this.pending.length > 0 || running.size > 0) {
      while (threads.hasRoom && this.pending.length > 1) {
        // The oldest tasks lie highest in the tree: they promise the most work.
        const share = this.pending.splice(0, this.shareSize)
        const done: Promise<void> = threads.run(share.map(({task}) => task)).then((batch) => {
          running.delete(done)
          this.take(share, batch)
        })
        // It is awaited below. Until then its rejection must not end the process.
        done.catch(() => {})
        running.add(done)
      }
      if (this.pending.length > 0) {
        this.walkHere()
        await setImmediate()
      } else {
        await Promise.race(running)
      }
    }
  }

  /** Tasks for one go. */
  private get shareSize(): number {
    return Math.min(TASKS_PER_SHARE, Math.ceil(this.pending.length / 2))
  }

  /** Takes the newest tasks: one by one, a small directory each, they would make more batches than work. */
  private walkHere(): void {
    const {descent, previous} = this.inputs
    const share = this.pending.splice(-this.shareSize)
    const tasks = share.map(({task}) => task)
    if (share.length > 0) this.take(share, walkBatch(tasks, descent, previous.tools, BATCH_ENTRIES))
  }

  /** Books a batch: its first listings answer `tasks`, its leftovers become pending. */
  private take(tasks: readonly PendingDirectory[], batch: Batch): void {
    const {batches, previous, onProgress} = this.inputs
    for (const [listing, {batch: finder, entry}] of tasks.entries()) {
      batches.place(finder, entry, {batch, listing})
    }
    batches.count(batch)
    for (const {entry, task} of batch.leftover) this.pending.push({task, batch, entry})
    this.pending.push(...previous.takeOver(batch))
    batch.leftover = []
    batch.kept = []
    if (onProgress === undefined) return
    this.fileBytes += sumFileBytes(batch.columns)
    const {entryCount, fileBytes} = previous.seen
    onProgress(batches.entryCount + entryCount, this.fileBytes + fileBytes)
  }
}

function sumFileBytes({length, modes, sizes}: Batch['columns']): number {
  let sum = 0
  for (let entry = 0; entry < length; entry++) if (!isDirectoryMode(modes[entry]!)) sum += sizes[entry]!
  return sum
}
