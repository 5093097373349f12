import {setImmediate} from 'node:timers/promises'
import type {IgnorePattern} from '../ignore/parse-ignore-file.js'
import {ContextModel, ROOT} from './context-model.js'
import {Descent} from './descent.js'
import {MODE} from './file-mode.js'
import type {HostPath} from './read-directory.js'
import {loadXattrReader} from './read-xattrs.js'
import {type Batch, type DirectoryTask, walkBatch} from './walk-batch.js'
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
}

/** A walk's result. */
export interface WalkResult {
  model: ContextModel
  /** Why the context itself could not be read to its end, as an error code; null if it could. */
  problem: string | null
  /** Whether extended attributes could be read. */
  hasXattrs: boolean
}

/** A directory entry that waits for its listing. */
interface Pending {
  task: DirectoryTask
  batch: Batch | null
  entry: number
}

/** The batch and number of a listing, for a directory entry of another batch. */
type Links = Map<Batch, Map<number, {batch: Batch; listing: number}>>

const BATCH_ENTRIES = 2_000
const TASKS_PER_THREAD = 32
const THREADS_FROM_ENTRIES = 4_000

/**
 * Walks a context once, links not followed, into a model of all that Docker may visit.
 * @throws what `readDirectory` cannot absorb; a context that cannot be read gives what was read of it, and the problem
 */
export async function walkContext(contextDir: HostPath, options: WalkOptions = {}): Promise<WalkResult> {
  const patternSets = options.patternSets ?? [[]]
  const readXattrs = await loadXattrReader()
  const walk = new Walk(patternSets, options, (tasks, descent) =>
    walkBatch(tasks, descent, readXattrs, BATCH_ENTRIES),
  )
  return {...(await walk.run(contextDir)), hasXattrs: readXattrs !== null}
}

class Walk {
  private readonly descent: Descent
  private readonly pending: Pending[] = []
  private readonly links: Links = new Map()
  private first: Batch | null = null
  private readonly size = {entries: 0, nameBytes: 0}
  private fileBytes = 0

  constructor(
    private readonly patternSets: readonly (readonly IgnorePattern[])[],
    private readonly options: WalkOptions,
    private readonly runHere: (tasks: DirectoryTask[], descent: Descent) => Batch,
  ) {
    this.descent = new Descent(patternSets)
  }

  async run(contextDir: HostPath): Promise<Omit<WalkResult, 'hasXattrs'>> {
    const task = {hostPath: contextDir, contextPath: '', states: this.descent.atRoot}
    this.pending.push({task, batch: null, entry: ROOT})
    let threads: WalkThreads | null = null
    try {
      while (this.pending.length > 0) {
        this.walkHere()
        if (
          this.options.useThreads !== false &&
          this.size.entries >= THREADS_FROM_ENTRIES &&
          this.pending.length > 1
        ) {
          threads ??= new WalkThreads({patternSets: this.patternSets, maxEntries: BATCH_ENTRIES})
          await this.shareOut(threads)
        }
      }
    } finally {
      await threads?.stop()
    }
    const problem = this.first?.listings[0]?.problem ?? null
    return {
      model: this.first === null ? new ContextModel() : assemble(this.first, this.links, this.size),
      problem,
    }
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

  private walkHere(): void {
    const next = this.pending.pop()
    if (next !== undefined) this.take([next], this.runHere([next.task], this.descent))
  }

  /** Books a batch: its first listings answer `tasks`, its leftovers become pending. */
  private take(tasks: readonly Pending[], batch: Batch): void {
    for (const [listing, {batch: parent, entry}] of tasks.entries()) {
      if (parent === null) this.first = batch
      else this.linksOf(parent).set(entry, {batch, listing})
    }
    for (const {entry, task} of batch.leftover) this.pending.push({task, batch, entry})
    batch.leftover = []
    this.size.entries += batch.columns.length
    this.size.nameBytes += batch.columns.nameStarts[batch.columns.length]!
    if (this.options.onProgress) {
      this.fileBytes += sumFileBytes(batch.columns)
      this.options.onProgress(this.size.entries, this.fileBytes)
    }
  }

  private linksOf(batch: Batch): Map<number, {batch: Batch; listing: number}> {
    let links = this.links.get(batch)
    if (links === undefined) {
      links = new Map()
      this.links.set(batch, links)
    }
    return links
  }
}

function sumFileBytes({length, modes, sizes}: Batch['columns']): number {
  let sum = 0
  for (let entry = 0; entry < length; entry++) if ((modes[entry]! & MODE.dir) === 0) sum += sizes[entry]!
  return sum
}

/** One directory on the way: where its copying stands. */
interface Frame {
  batch: Batch
  next: number
  end: number
  /** The directory's index in the model. */
  parent: number
}

/** Puts the listings together in Docker's order. */
function assemble(first: Batch, links: Links, size: {entries: number; nameBytes: number}): ContextModel {
  const model = new ContextModel(size)
  const frames: Frame[] = [openFrame(model, first, 0, ROOT)]
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    if (frame.next === frame.end) {
      if (frame.parent !== ROOT) model.close(frame.parent)
      frames.pop()
      continue
    }
    const {batch} = frame
    const entry = frame.next++
    const index = model.append(batch.columns, entry, frame.parent)
    if (!model.isDirectory(index)) continue
    const here = batch.listingOfEntry.get(entry)
    const there = links.get(batch)?.get(entry)
    if (here !== undefined) frames.push(openFrame(model, batch, here, index))
    else if (there !== undefined) frames.push(openFrame(model, there.batch, there.listing, index))
  }
  return model
}

function openFrame(model: ContextModel, batch: Batch, listing: number, parent: number): Frame {
  const {start, end, problem} = batch.listings[listing]!
  if (problem !== null && parent !== ROOT) model.columns.addRare(parent, {unreadable: problem})
  return {batch, next: start, end, parent}
}
