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

/**
 * What one thread read in one go: columns rather than objects, which a message between threads would make anew one by
 * one. A listing is the entries of one directory, a range of the columns; those of the tasks come first, in their order.
 */
export interface Batch {
  columns: EntryColumns
  /** Empty where none are taken. */
  stamps: EntryStamps
  /** Entries that the last walk had not seen as they are. */
  changedCount: number
  /** By listing. */
  listingStarts: Uint32Array
  listingEnds: Uint32Array
  /** By listing, why the directory could not be read to its end, as an error code; for most, nothing. */
  problems: Map<number, string>
  /** By entry: its listing's number plus one; 0 for what is no directory, or not listed here. */
  listingOfEntry: Uint32Array
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
  const starts: number[] = []
  const ends: number[] = []
  const problems = new Map<number, string>()
  const readTask = (task: DirectoryTask): void => {
    starts.push(columns.length)
    const problem = readDirectory(task.hostPath, task.known?.entry ?? null, tools, read)
    for (const directory of read.directories.splice(0)) {
      const next = enterDirectory(directory, task, descent)
      if (next === null) continue
      const isKnown = next.known?.isUnchanged === true
      ;(isKnown ? kept : found).push({entry: directory.entry, task: next})
    }
    if (problem !== null) problems.set(ends.length, problem)
    ends.push(columns.length)
  }
  for (const task of tasks) readTask(task)
  /** The directories that the listings behind those of the tasks are of. */
  const listed: number[] = []
  while (columns.length < maxEntries) {
    const next = found.pop()
    if (next === undefined) break
    listed.push(next.entry)
    readTask(next.task)
  }
  columns.trim()
  stamps.trim()
  const listingOfEntry = new Uint32Array(columns.length)
  for (const [place, entry] of listed.entries()) listingOfEntry[entry] = tasks.length + place + 1
  return {
    columns,
    stamps,
    changedCount: read.changedCount,
    listingStarts: Uint32Array.from(starts),
    listingEnds: Uint32Array.from(ends),
    problems,
    listingOfEntry,
    leftover: found,
    kept,
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
