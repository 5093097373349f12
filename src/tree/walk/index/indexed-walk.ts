/**
 * The index of walks: what one walk saw, for the next one, as Git keeps one. The walk knows it as `PreviousWalk` only, and
 * works without it.
 *
 * Gain: with 200,000 files and nothing ignored, `context` takes 0.58 s instead of 1.21, and 1.1 s of CPU instead of 2.2
 * (docs/benchmarks.md). `npm run bench` measures both.
 */
import {setImmediate} from 'node:timers/promises'
import {ROOT} from '../../model/file-tree.js'
import {assembleTree, type WalkedBatches} from '../assemble-tree.js'
import type {Descent} from '../descent.js'
import {EntryStamps, type FileStamp} from '../entry-stamps.js'
import type {Crew, PreviousWalk, WalkedTree} from '../previous-walk.js'
import {type ReadingTools, readRootStamp, type XattrReader} from '../read-entry.js'
import type {Batch, DirectoryTask, PendingDirectory} from '../walk-batch.js'
import {EntryRefresher, type RefreshRoot} from './refresh-entries.js'
import {RefreshedEntries} from './refreshed-entries.js'
import {RefreshedTree} from './refreshed-tree.js'
import type {WalkIndex} from './walk-index.js'
import {WalkRecorder} from './walk-recorder.js'

/** A record takes some 55 bytes an entry, twice: larger trees are walked without, and stay below 300 MB. */
const MAX_RECORDED_ENTRIES = 1_200_000
/**
 * An index is made anew where more of the entries than this had changed, or were read again because names had: writing
 * it takes as long as reading these.
 */
const STALE_SHARE = 0.01
/** And if more than this are gone: each takes room in memory and in the file. */
const GONE_SHARE = 0.1

export interface IndexedWalkInputs {
  /** The walked directory. */
  root: DirectoryTask
  descent: Descent
  batches: WalkedBatches
  readXattrs: XattrReader | null
  /** Whether a record is wanted. Without one, no index is used either. Default: false. */
  isRecorded?: boolean
  /** What the last walk saw. Default: nothing is known. */
  index?: WalkIndex | null
  /** Milliseconds since 1970. Default: now. */
  startedAt?: number
}

/** Opens what the last walk left; null if no record is wanted or nothing can be relied on. */
export function openIndexedWalk(inputs: IndexedWalkInputs): PreviousWalk | null {
  const {isRecorded = false, root, readXattrs} = inputs
  // Without a reader of attributes a record would claim that there are none.
  const stamped = isRecorded && readXattrs !== null ? readRootStamp(root.hostPath) : null
  return stamped && new IndexedWalk(inputs, stamped.device, stamped.stamp)
}

class IndexedWalk implements PreviousWalk {
  readonly seen = {entryCount: 0, fileBytes: 0}
  tools: ReadingTools
  private readonly index: WalkIndex | null
  private readonly startedAt: number
  /** Batches whose stamps are kept. */
  private readonly stamped: Batch[] = []
  private refresher: EntryRefresher | null = null
  private refreshed: RefreshedTree | null = null

  constructor(
    private readonly inputs: IndexedWalkInputs,
    private readonly device: number,
    private readonly stamp: FileStamp,
  ) {
    this.index = inputs.index ?? null
    this.startedAt = inputs.startedAt ?? Date.now()
    this.tools = {readXattrs: inputs.readXattrs, known: this.index, device, takesStamps: true}
  }

  get threadSetup() {
    return {index: this.index?.content ?? null, device: this.device}
  }

  /** Looks again at what the last walk saw, on all threads. */
  async refresh({startThreads, onProgress}: Crew): Promise<void> {
    const {index, tools, stamp} = this
    const {root, descent} = this.inputs
    if (index === null || typeof root.hostPath !== 'string') return
    const entries = new RefreshedEntries(index)
    const start: RefreshRoot = {contextDir: root.hostPath, isChanged: !isSameStamp(stamp, index.root)}
    const threads = startThreads(index.length, {memory: entries.memory, root: start})
    const refresher = new EntryRefresher(entries, start, descent, tools)
    const showProgress = (): void => onProgress?.(entries.counted.entryCount, entries.counted.fileBytes)
    while (refresher.next()) {
      showProgress()
      await setImmediate()
    }
    const others = (await threads?.refreshed) ?? []
    showProgress()
    this.refresher = refresher
    this.refreshed = new RefreshedTree(entries, [refresher.findings, ...others])
    this.seen.entryCount = this.refreshed.length
    this.seen.fileBytes = entries.counted.fileBytes
  }

  /** The context's own names are read, or taken over from the last walk. */
  begin(): PendingDirectory[] {
    const {index, stamp, refreshed} = this
    const {root} = this.inputs
    if (refreshed === null || index === null) return [{task: root, batch: null, entry: ROOT}]
    // Read again: it may have changed or vanished during the refresh.
    const now = readRootStamp(root.hostPath)?.stamp ?? null
    const isUnchanged = [stamp, now].every((one) => isSameStamp(one, index.root))
    return this.takeKept([{entry: ROOT, task: {...root, known: {entry: ROOT, isUnchanged}}}], null)
  }

  takeOver(batch: Batch): PendingDirectory[] {
    this.stamped.push(batch)
    if (this.inputs.batches.entryCount > MAX_RECORDED_ENTRIES) this.dropStamps()
    return this.takeKept(batch.kept, batch)
  }

  /** Takes over the subtrees of directories whose names are the same, but for what is to be read again in them. */
  private takeKept(directories: Batch['kept'], batch: Batch | null): PendingDirectory[] {
    return directories.flatMap(({entry, task}) => {
      const {entry: known, isUnchanged} = task.known!
      // Else it changed since, or what lies below it could not be reached.
      if (!isUnchanged || !this.refreshed!.isKept(known)) return [{task, batch, entry}]
      this.inputs.batches.place(batch, entry, {batch: null, entry: known})
      return this.listChangedBelow(known)
    })
  }

  private listChangedBelow(directory: number): PendingDirectory[] {
    return [...this.refreshed!.changedBelow(directory)].flatMap((entry) => {
      const task = this.refresher!.createTask(entry)
      return task === null ? [] : [{task, batch: null, entry}]
    })
  }

  private dropStamps(): void {
    this.tools = {...this.tools, takesStamps: false}
    for (const batch of this.stamped.splice(0)) batch.stamps = new EntryStamps()
  }

  finish(): WalkedTree {
    const {refreshed} = this
    const {batches} = this.inputs
    const changedCount = batches.changedCount + (refreshed?.changedCount ?? 0)
    const recorder = this.createRecorder(changedCount)
    const isWhole = batches.root?.batch === null && recorder === null
    const tree = (isWhole && refreshed?.toTree()) || assembleTree(batches, refreshed, recorder)
    const record = tree.length <= MAX_RECORDED_ENTRIES ? (recorder?.finish(tree) ?? null) : null
    return {tree, record, changedCount}
  }

  /** Null where the index at hand serves the next walk as well, or the tree is too large for one. */
  private createRecorder(changedCount: number): WalkRecorder | null {
    const {entryCount} = this.inputs.batches
    // Or more than there are: what has gone since the last walk, and what was read again, counts as well.
    const maxEntryCount = entryCount + this.seen.entryCount
    const isStale =
      Math.max(entryCount, changedCount) > maxEntryCount * STALE_SHARE ||
      (this.refreshed?.goneCount ?? 0) > maxEntryCount * GONE_SHARE
    if (!isStale || entryCount > MAX_RECORDED_ENTRIES) return null
    return new WalkRecorder(maxEntryCount, this.stamp, this.startedAt)
  }
}

function isSameStamp(one: FileStamp | null, other: FileStamp): boolean {
  return one?.changed === other.changed && one.inode === other.inode
}
