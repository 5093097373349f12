import {setImmediate} from 'node:timers/promises'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {isDirectoryMode} from '../model/file-mode.js'
import {type FileTree, ROOT} from '../model/file-tree.js'
import {assembleTree, WalkedBatches} from './assemble-tree.js'
import {Descent} from './descent.js'
import {EntryStamps, type FileStamp} from './index/entry-stamps.js'
import {EntryRefresher, type RefreshRoot} from './index/refresh-entries.js'
import {RefreshedEntries} from './index/refreshed-entries.js'
import {RefreshedTree} from './index/refreshed-tree.js'
import type {WalkIndex, WalkRecord} from './index/walk-index.js'
import {WalkRecorder} from './index/walk-recorder.js'
import {type HostPath, type ReadingTools, readRootStamp} from './read-entry.js'
import {loadXattrReader} from './read-xattrs.js'
import {type Batch, type DirectoryTask, walkBatch} from './walk-batch.js'
import {type ThreadSetup, WalkThreads} from './walk-threads.js'

/**
 * Called with the number of entries seen so far and the bytes of the files among them. An entry that is read again,
 * because its directory has changed, counts twice.
 */
export type WalkProgress = (entryCount: number, fileBytes: number) => void

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

/** A walk's result. */
export interface WalkResult {
  tree: FileTree
  /** Why the context itself could not be read to its end, as an error code; null if it could. */
  problem: string | null
  /** Whether extended attributes could be read. */
  hasXattrs: boolean
  /** For the next walk; null where none was asked for, nothing can be relied on, or little has changed. */
  record: WalkRecord | null
  /** Entries that the last walk had not seen as they are. */
  changedCount: number
}

/** A directory entry that waits for its listing: of a batch, or of the refreshed tree where that is null. */
interface Pending {
  task: DirectoryTask
  batch: Batch | null
  entry: number
}

const BATCH_ENTRIES = 2_000
const TASKS_PER_SHARE = 32
const THREADS_FROM_ENTRIES = 4_000
/** A record takes some 50 bytes an entry, twice: larger trees are walked without, and stay below 300 MB. */
const MAX_RECORDED_ENTRIES = 1_200_000
/**
 * An index is made anew where more of the entries than this had changed, or were read again because names had: writing
 * it takes as long as reading these.
 */
const STALE_SHARE = 0.01
/** And where more than this are gone: each is room in memory and in the file. */
const GONE_SHARE = 0.1

/**
 * Walks a context once, links not followed, into a tree of all that Docker may visit.
 * @throws what `readDirectory` cannot absorb; a context that cannot be read gives what was read of it, and the problem
 */
export async function walkContext(contextDir: HostPath, options: WalkOptions = {}): Promise<WalkResult> {
  const readXattrs = loadXattrReader()
  // Without attributes nothing is known of them, and a record would say that there are none.
  const root = options.isRecorded && readXattrs !== null ? readRootStamp(contextDir) : null
  const tools = {
    readXattrs,
    index: root === null ? null : (options.index ?? null),
    device: root?.device ?? null,
    takesStamps: root !== null,
  }
  const walk = new Walk(contextDir, root?.stamp ?? null, options, tools)
  return {...(await walk.run()), hasXattrs: readXattrs !== null}
}

class Walk {
  private readonly patternSets: readonly (readonly IgnorePattern[])[]
  private readonly descent: Descent
  private readonly pending: Pending[] = []
  private readonly batches = new WalkedBatches()
  /** Batches whose stamps are kept. */
  private readonly stamped: Batch[] = []
  private threads: WalkThreads | null = null
  private refresher: EntryRefresher | null = null
  private refreshed: RefreshedTree | null = null
  private fileBytes = 0

  constructor(
    private readonly contextDir: HostPath,
    private readonly stamp: FileStamp | null,
    private readonly options: WalkOptions,
    private tools: ReadingTools,
  ) {
    this.patternSets = options.patternSets ?? [[]]
    this.descent = new Descent(this.patternSets)
  }

  async run(): Promise<Omit<WalkResult, 'hasXattrs'>> {
    const {startedAt = Date.now()} = this.options
    const {
      tools: {index},
      contextDir,
    } = this
    try {
      if (index !== null && typeof contextDir === 'string') {
        const isChanged = !isSameStamp(this.stamp, index.root)
        this.refreshed = await this.refresh(new RefreshedEntries(index), {contextDir, isChanged})
      }
      this.beginAtRoot()
      while (this.pending.length > 0) {
        this.walkHere()
        const {entryCount} = this.batches
        if (this.mayUseThreads(entryCount) && this.pending.length > 1) await this.shareOut()
      }
    } finally {
      this.threads?.stop()
    }
    return this.finish(startedAt)
  }

  private mayUseThreads(entryCount: number): boolean {
    return this.options.useThreads !== false && entryCount >= THREADS_FROM_ENTRIES
  }

  /** Looks again at what the last walk saw, on all threads. */
  private async refresh(entries: RefreshedEntries, root: RefreshRoot): Promise<RefreshedTree> {
    if (this.mayUseThreads(entries.index.length))
      this.threads = this.startThreads({memory: entries.memory, root})
    const refresher = new EntryRefresher(entries, root, this.descent, this.tools)
    while (refresher.next()) {
      this.tellProgress(entries)
      await setImmediate()
    }
    const others = (await this.threads?.refreshed) ?? []
    this.tellProgress(entries)
    this.refresher = refresher
    return new RefreshedTree(entries, [refresher.findings, ...others])
  }

  private tellProgress(entries: RefreshedEntries): void {
    const {entryCount, fileBytes} = entries.counted
    this.fileBytes = fileBytes
    this.options.onProgress?.(entryCount, fileBytes)
  }

  /** The context's own names are read, or taken over from the last walk. */
  private beginAtRoot(): void {
    const {refreshed, tools, stamp, contextDir, descent} = this
    const task = {hostPath: contextDir, contextPath: '', states: descent.atRoot}
    if (refreshed === null || stamp === null) {
      this.pending.push({task: {...task, known: null}, batch: null, entry: ROOT})
      return
    }
    // Looked at again: it may have changed, or vanished, under the refreshing.
    const now = readRootStamp(contextDir)?.stamp ?? null
    const isUnchanged = [stamp, now].every((one) => isSameStamp(one, tools.index!.root))
    this.takeKept([{entry: ROOT, task: {...task, known: {entry: ROOT, isUnchanged}}}], null)
  }

  /** The threads look at these entries first, if there are any. */
  private startThreads(refresh: ThreadSetup['refresh']): WalkThreads {
    const {patternSets, tools} = this
    const index = tools.index?.content ?? null
    return new WalkThreads({patternSets, maxEntries: BATCH_ENTRIES, index, device: tools.device, refresh})
  }

  /** Works beside the threads until everything is read. */
  private async shareOut(): Promise<void> {
    this.threads ??= this.startThreads(null)
    const {threads} = this
    const running = new Set<Promise<void>>()
    while (this.pending.length > 0 || running.size > 0) {
      while (threads.hasRoom && this.pending.length > 1) {
        // The oldest tasks lie highest in the tree: they promise the most work.
        const share = this.pending.splice(0, this.shareSize)
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

  /** Tasks for one go. */
  private get shareSize(): number {
    return Math.min(TASKS_PER_SHARE, Math.ceil(this.pending.length / 2))
  }

  /** Takes the newest tasks: one by one, a small directory each, they would make more batches than work. */
  private walkHere(): void {
    const share = this.pending.splice(-this.shareSize)
    const tasks = share.map(({task}) => task)
    if (share.length > 0) this.take(share, walkBatch(tasks, this.descent, this.tools, BATCH_ENTRIES))
  }

  /** Books a batch: its first listings answer `tasks`, its leftovers become pending. */
  private take(tasks: readonly Pending[], batch: Batch): void {
    const {batches, options} = this
    for (const [listing, {batch: finder, entry}] of tasks.entries()) {
      batches.place(finder, entry, {batch, listing})
    }
    for (const {entry, task} of batch.leftover) this.pending.push({task, batch, entry})
    this.takeKept(batch.kept, batch)
    batch.leftover = []
    batch.kept = []
    batches.count(batch)
    this.stamped.push(batch)
    if (batches.entryCount > MAX_RECORDED_ENTRIES) this.dropStamps()
    if (options.onProgress) {
      this.fileBytes += sumFileBytes(batch.columns)
      options.onProgress(this.maxEntryCount, this.fileBytes)
    }
  }

  /** Takes over the subtrees of directories whose names are the same, but for what is to be read again in them. */
  private takeKept(directories: Batch['kept'], batch: Batch | null): void {
    for (const {entry, task} of directories) {
      const {entry: known, isUnchanged} = task.known!
      if (isUnchanged && this.refreshed!.isKept(known)) {
        this.batches.place(batch, entry, {batch: null, entry: known})
        this.readAgainBelow(known)
      } else {
        // It changed since, or what lies below it could not be reached.
        this.pending.push({task, batch, entry})
      }
    }
  }

  private readAgainBelow(directory: number): void {
    for (const entry of this.refreshed!.changedBelow(directory)) {
      const task = this.refresher!.createTask(entry)
      if (task !== null) this.pending.push({task, batch: null, entry})
    }
  }

  /** As many as there are, or more: what has gone since the last walk, and what was read again, counts as well. */
  private get maxEntryCount(): number {
    return this.batches.entryCount + (this.refreshed?.length ?? 0)
  }

  private dropStamps(): void {
    this.tools = {...this.tools, takesStamps: false}
    for (const batch of this.stamped.splice(0)) batch.stamps = new EntryStamps()
  }

  private finish(startedAt: number): Omit<WalkResult, 'hasXattrs'> {
    const {batches, refreshed, stamp, maxEntryCount} = this
    const changedCount = batches.changedCount + (refreshed?.changedCount ?? 0)
    const isStale =
      Math.max(batches.entryCount, changedCount) > maxEntryCount * STALE_SHARE ||
      (refreshed?.goneCount ?? 0) > maxEntryCount * GONE_SHARE
    const isRecorded = isStale && batches.entryCount <= MAX_RECORDED_ENTRIES
    const recorder = stamp !== null && isRecorded ? new WalkRecorder(maxEntryCount, stamp, startedAt) : null
    const isWhole = batches.root?.batch === null && recorder === null
    const tree = (isWhole && refreshed?.toTree()) || assembleTree(batches, refreshed, recorder)
    const record = tree.length <= MAX_RECORDED_ENTRIES ? (recorder?.finish(tree) ?? null) : null
    return {tree, problem: batches.problem, record, changedCount}
  }
}

function isSameStamp(one: FileStamp | null, other: FileStamp): boolean {
  return one?.changed === other.changed && one.inode === other.inode
}

function sumFileBytes({length, modes, sizes}: Batch['columns']): number {
  let sum = 0
  for (let entry = 0; entry < length; entry++) if (!isDirectoryMode(modes[entry]!)) sum += sizes[entry]!
  return sum
}
