import type {Match} from '../ignore/pattern-matcher.js'
import type {Descent} from './descent.js'
import {EntryColumns} from './entry-columns.js'
import {EntryStamps} from './entry-stamps.js'
import {
  type FoundDirectory,
  type KnownDirectory,
  type ReadEntries,
  type ReadingTools,
  readDirectory,
} from './read-directory.js'
import {type HostPath, joinHostPath} from './read-entry.js'

/** A directory still to be read, with all that a thread needs for it. */
export interface DirectoryTask {
  hostPath: HostPath
  /** '' for the context itself. */
  contextPath: string
  states: readonly Match[]
  /** The directory as the last walk knew it; null: it did not. */
  known: KnownDirectory | null
}

/** The entries of one directory: a range of the batch's columns. */
export interface Listing {
  start: number
  end: number
  /** Why the directory could not be read to its end, as an error code. */
  problem: string | null
}

/** What one thread read in one go. */
export interface Batch {
  columns: EntryColumns
  /** Empty where none are taken. */
  stamps: EntryStamps
  /** Entries that the last walk had not seen as they are. */
  changedCount: number
  /** The tasks' own listings first, in their order. */
  listings: Listing[]
  /** Directory entries to the number of their listing. */
  listingOfEntry: Map<number, number>
  /** Directories found and not read yet, with their entries. */
  leftover: {entry: number; task: DirectoryTask}[]
  /** Directories whose names are as the last walk saw them, not read. */
  kept: {entry: number; task: DirectoryTask}[]
}

/** Reads the tasks' directories and what lies below them, depth first, until about `maxEntries` entries are read. */
export function walkBatch(
  tasks: readonly DirectoryTask[],
  descent: Descent,
  tools: ReadingTools,
  maxEntries: number,
): Batch {
  const read: ReadEntries = {
    columns: new EntryColumns(),
    stamps: new EntryStamps(),
    directories: [],
    changedCount: 0,
  }
  const found: Batch['leftover'] = []
  const kept: Batch['kept'] = []
  const {columns, stamps} = read
  const readTask = (task: DirectoryTask): Listing => {
    const start = columns.length
    const problem = readDirectory(task.hostPath, task.known?.entry ?? null, tools, read)
    for (const directory of read.directories.splice(0)) {
      const next = enterDirectory(directory, task, descent)
      if (next === null) continue
      const isKnown = next.known?.isUnchanged === true
      ;(isKnown ? kept : found).push({entry: directory.entry, task: next})
    }
    return {start, end: columns.length, problem}
  }
  const listings = tasks.map(readTask)
  const listingOfEntry = new Map<number, number>()
  while (columns.length < maxEntries) {
    const next = found.pop()
    if (next === undefined) break
    listingOfEntry.set(next.entry, listings.length)
    listings.push(readTask(next.task))
  }
  columns.trim()
  stamps.trim()
  return {columns, stamps, changedCount: read.changedCount, listings, listingOfEntry, leftover: found, kept}
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
