import {setImmediate} from 'node:timers/promises'
import type {IgnorePattern} from '../ignore/parse-ignore-file.js'
import {assembleModel, WalkedBatches} from './assemble-model.js'
import {type ContextModel, ROOT} from './context-model.js'
import {Descent} from './descent.js'
import {EntryStamps, type FileStamp} from './entry-stamps.js'
import {MODE} from './file-mode.js'
import {type HostPath, type ReadingTools, readRootStamp} from './read-directory.js'
import {loadXattrReader} from './read-xattrs.js'
import {type Batch, type DirectoryTask, walkBatch} from './walk-batch.js'
import type {WalkIndex, WalkRecord} from './walk-index.js'
import {WalkRecorder} from './walk-recorder.js'
import {WalkThreads} from './walk-threads.js'

/** Hears of entries found so far, and of the bytes in those that are files. */
export type WalkProgress = (entryCount: number, fileBytes: number) => void

export interface WalkOptions {
  /** The patterns of every ignore file in play: what none of them lets Docker enter is not read. Default: read everything. */
  patternSets?: readonly (readonly IgnorePattern[])[]
  /** Called now and then. */
  onProgress?: WalkProgress
  /** False keeps to one thread. Default: more threads once the walk has proved large. */
  useThreads?: boolean
  /** What the last walk of this directory saw. Default: nothing is known. */
  index?: WalkIndex | null
  /** Notes what the next walk can rely on. Default: false. */
  isRecorded?: boolean
}

/** A walk's result. */
export interface WalkResult {
  model: ContextModel
  /** Why the context itself could not be read to its end, as an error code; null if it could. */
  problem: string | null
  /** Whether extended attributes could be read. */
  hasXattrs: boolean
  /** For the next walk; null where none was asked for, or nothing can be relied on. */
  record: WalkRecord | null
  /** Entries that were as the last walk saw them. */
  unchangedCount: number
}

/** A directory entry that waits for its listing. */
interface Pending {
  task: DirectoryTask
  batch: Batch | null
  entry: number
}

const BATCH_ENTRIES = 2_000
const TASKS_PER_THREAD = 32
const THREADS_FROM_ENTRIES = 4_000
/** A record takes some 50 bytes an entry, twice: larger trees are walked without. */
const MAX_RECORDED_ENTRIES = 500_000

/**
 * Walks a context once, links not followed, into a model of all that Docker may visit.
 * @throws what `readDirectory` cannot absorb; a context that cannot be read gives what was read of it, and the problem
 */
export async function walkContext(contextDir: HostPath, options: WalkOptions = {}): Promise<WalkResult> {
  const readXattrs = await loadXattrReader()
  // Without attributes nothing is known of them, and a record would say that there are none.
  const root = options.isRecorded && readXattrs !== null ? readRootStamp(contextDir) : null
  const tools = {
    readXattrs,
    index: root === null ? null : (options.index ?? null),
    device: root?.device ?? null,
  }
  const walk = new Walk(options, tools)
  return {...(await walk.run(contextDir, root?.stamp ?? null)), hasXattrs: readXattrs !== null}
}

class Walk {
  private readonly patternSets: readonly (readonly IgnorePattern[])[]
  private readonly descent: Descent
  private readonly pending: Pending[] = []
  private readonly batches = new WalkedBatches()
  /** Batches whose stamps are kept. */
  private readonly stamped: Batch[] = []
  private fileBytes = 0

  constructor(
    private readonly options: WalkOptions,
    private tools: ReadingTools,
  ) {
    this.patternSets = options.patternSets ?? [[]]
    this.descent = new Descent(this.patternSets)
  }

  async run(contextDir: HostPath, stamp: FileStamp | null): Promise<Omit<WalkResult, 'hasXattrs'>> {
    const startedAt = Date.now()
    this.pending.push({task: this.createRootTask(contextDir, stamp), batch: null, entry: ROOT})
    let threads: WalkThreads | null = null
    try {
      while (this.pending.length > 0) {
        this.walkHere()
        if (
          this.options.useThreads !== false &&
          this.batches.entryCount >= THREADS_FROM_ENTRIES &&
          this.pending.length > 1
        ) {
          threads ??= this.startThreads()
          await this.shareOut(threads)
        }
      }
    } finally {
      await threads?.stop()
    }
    const {entryCount, problem, unchangedCount} = this.batches
    const isRecorded = stamp !== null && entryCount <= MAX_RECORDED_ENTRIES
    const recorder = isRecorded ? new WalkRecorder(entryCount, stamp, startedAt) : null
    const model = assembleModel(this.batches, recorder)
    return {model, problem, record: recorder?.finish(model) ?? null, unchangedCount}
  }

  private createRootTask(contextDir: HostPath, stamp: FileStamp | null): DirectoryTask {
    const {index} = this.tools
    const isUnchanged =
      stamp !== null && index?.root.changed === stamp.changed && index.root.inode === stamp.inode
    const known = index === null ? null : {entry: ROOT, isUnchanged}
    return {hostPath: contextDir, contextPath: '', states: this.descent.atRoot, known}
  }

  private startThreads(): WalkThreads {
    const {patternSets, tools} = this
    const index = tools.index?.content ?? null
    return new WalkThreads({patternSets, maxEntries: BATCH_ENTRIES, index, device: tools.device})
  }

  /** Works beside the threads until everything is read. */
  private async shareOut(threads: WalkThreads): Promise<void> {
    const running = new Set<Promise<void>>()
    while (this.pending.length > 0 || running.size > 0) {
      while (threads.hasRoom && this.pending.length > 1) {
        // The oldest tasks lie highest in the tree: they promise the most work.
        const share = this.pending.splice(0, Math.min(TASKS_PER_THREAD, Math.ceil(this.pending.length / 2)))
        const done: Promise<void> = threads.run(share.map(({task}) => task)).then((batch) => {
          running.delete(done)
          this.take(share, batch)
        })
        // It is waited for below; until then nobody may be.
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

  private dropStamps(): void {
    this.tools = {...this.tools, device: null}
    for (const batch of this.stamped.splice(0)) batch.stamps = new EntryStamps()
  }

  private walkHere(): void {
    const next = this.pending.pop()
    if (next !== undefined) this.take([next], walkBatch([next.task], this.descent, this.tools, BATCH_ENTRIES))
  }

  /** Books a batch: its first listings answer `tasks`, its leftovers become pending. */
  private take(tasks: readonly Pending[], batch: Batch): void {
    const {batches, options} = this
    for (const [listing, {batch: parent, entry}] of tasks.entries()) {
      batches.place(parent, entry, {batch, listing})
    }
    for (const {entry, task} of batch.leftover) this.pending.push({task, batch, entry})
    batch.leftover = []
    batches.count(batch)
    this.stamped.push(batch)
    if (batches.entryCount > MAX_RECORDED_ENTRIES) this.dropStamps()
    if (options.onProgress) {
      this.fileBytes += sumFileBytes(batch.columns)
      options.onProgress(batches.entryCount, this.fileBytes)
    }
  }
}

function sumFileBytes({length, modes, sizes}: Batch['columns']): number {
  let sum = 0
  for (let entry = 0; entry < length; entry++) if ((modes[entry]! & MODE.dir) === 0) sum += sizes[entry]!
  return sum
}
