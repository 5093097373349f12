import type {Match} from '../../languages/ignore/pattern-matcher.js'
import {EntryColumns} from '../model/entry-columns.js'
import type {Descent} from './descent.js'
import {EntryStamps} from './entry-stamps.js'
import {type FoundDirectory, type KnownDirectory, type ReadEntries, readDirectory} from './read-directory.js'
import {type HostPath, joinHostPath, type ReadingTools} from './read-entry.js'

/** A directory still to be read, with all that a thread needs for it. */
export interface DirectoryTask {
  hostPath: HostPath
  /** '' for the context itself. */
  contextPath: string
  states: readonly Match[]
  /** The directory as the last walk knew it; null: it did not. */
  known: KnownDirectory | null
}

/** A directory entry that waits for its listing: of a batch, or of the known tree where that is null. */
export interface PendingDirectory {
  task: DirectoryTask
  batch: Batch | null
  entry: number
}

/** Listings as columns: a listing is the entries of one directory, a range of a batch's columns. */
interface Listings {
  starts: Uint32Array
  ends: Uint32Array
  /** By listing, why the directory could not be read to its end, as an error code; for most, nothing. */
  problems: Map<number, string>
  /** Those that the next walk has to read again, as they may lack something. */
  unsettled: Set<number>
}

/**
 * The directories that one thread read at once, as columns: a message between threads would copy objects one by one. The
 * listings of the tasks come first, in their order.
 */
export interface Batch {
  columns: EntryColumns
  /** Empty where none are taken. */
  stamps: EntryStamps
  /** Entries that the last walk had not seen as they are. */
  changedCount: number
  listings: Listings
  /** By entry: its listing's number plus one; 0 for what is no directory, or not listed here. */
  listingOfEntry: Uint32Array
  /** Directories found and not read yet, with their entries. */
  leftover: FoundTask[]
  /** Directories whose names are as the last walk saw them, not read. */
  kept: FoundTask[]
}

/** A directory among a batch's entries. */
interface FoundTask {
  entry: number
  task: DirectoryTask
}

/** Reads the tasks' directories and what lies below them, depth first, until about `maxEntries` entries are read. */
export function walkBatch(
  tasks: readonly DirectoryTask[],
  descent: Descent,
  tools: ReadingTools,
  maxEntries: number,
): Batch {
  return new BatchWalk(descent, tools).run(tasks, maxEntries)
}

class BatchWalk {
  private readonly stamps = new EntryStamps()
  private readonly read: ReadEntries
  private readonly starts: number[] = []
  private readonly ends: number[] = []
  private readonly problems = new Map<number, string>()
  private readonly unsettled = new Set<number>()
  private readonly found: FoundTask[] = []
  private readonly kept: FoundTask[] = []

  constructor(
    private readonly descent: Descent,
    private readonly tools: ReadingTools,
  ) {
    const stamps = tools.takesStamps ? this.stamps : null
    this.read = {columns: new EntryColumns(), stamps, directories: [], count: {changed: 0}}
  }

  run(tasks: readonly DirectoryTask[], maxEntries: number): Batch {
    const {stamps} = this
    const {columns, count} = this.read
    for (const task of tasks) this.list(task)
    /** The directories that the listings behind those of the tasks are of. */
    const listed: number[] = []
    while (columns.length < maxEntries) {
      const next = this.found.pop()
      if (next === undefined) break
      listed.push(next.entry)
      this.list(next.task)
    }
    columns.trim()
    stamps.trim()
    const listingOfEntry = new Uint32Array(columns.length)
    for (const [place, entry] of listed.entries()) listingOfEntry[entry] = tasks.length + place + 1
    const {starts, ends, problems, unsettled} = this
    const listings = {starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), problems, unsettled}
    const {found: leftover, kept} = this
    return {columns, stamps, changedCount: count.changed, listings, listingOfEntry, leftover, kept}
  }

  private list(task: DirectoryTask): void {
    const {columns, directories} = this.read
    const listing = this.starts.length
    this.starts.push(columns.length)
    const {problem, isSettled} = readDirectory(
      task.hostPath,
      task.known?.entry ?? null,
      this.tools,
      this.read,
    )
    this.ends.push(columns.length)
    if (problem !== null) this.problems.set(listing, problem)
    if (!isSettled) this.unsettled.add(listing)
    for (const directory of directories.splice(0)) {
      const next = enterDirectory(directory, task, this.descent)
      if (next === null) continue
      const isKnown = next.known?.isUnchanged === true
      ;(isKnown ? this.kept : this.found).push({entry: directory.entry, task: next})
    }
  }
}

/** The task of reading a directory; null where no ignore file lets Docker enter it. */
function enterDirectory(
  {name, known}: FoundDirectory,
  parent: DirectoryTask,
  descent: Descent,
): DirectoryTask | null {
  const text = name.toString()
  const contextPath = parent.contextPath === '' ? text : `${parent.contextPath}/${text}`
  const states = descent.enter(contextPath, parent.states)
  return states === null ? null : {hostPath: joinHostPath(parent.hostPath, name), contextPath, states, known}
}
