import type {Match} from '../ignore/pattern-matcher.js'
import type {Descent} from './descent.js'
import {EntryColumns} from './entry-columns.js'
import {MODE} from './file-mode.js'
import {type HostPath, joinHostPath, readDirectory, type XattrReader} from './read-directory.js'

/** A directory still to be read, with all that a thread needs for it. */
export interface DirectoryTask {
  hostPath: HostPath
  /** '' for the context itself. */
  contextPath: string
  states: readonly Match[]
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
  /** The tasks' own listings first, in their order. */
  listings: Listing[]
  /** Directory entries to the number of their listing. */
  listingOfEntry: Map<number, number>
  /** Directories found and not read yet, with their entries. */
  leftover: {entry: number; task: DirectoryTask}[]
}

/** Reads the tasks' directories and what lies below them, depth first, until about `maxEntries` entries are read. */
export function walkBatch(
  tasks: readonly DirectoryTask[],
  descent: Descent,
  readXattrs: XattrReader | null,
  maxEntries: number,
): Batch {
  const batch: Batch = {columns: new EntryColumns(), listings: [], listingOfEntry: new Map(), leftover: []}
  const found: Batch['leftover'] = []
  for (const task of tasks) readTask(task, batch, found, descent, readXattrs)
  while (batch.columns.length < maxEntries) {
    const next = found.pop()
    if (next === undefined) break
    batch.listingOfEntry.set(next.entry, batch.listings.length)
    readTask(next.task, batch, found, descent, readXattrs)
  }
  batch.leftover = found
  batch.columns.trim()
  return batch
}

function readTask(
  task: DirectoryTask,
  {columns, listings}: Batch,
  found: Batch['leftover'],
  descent: Descent,
  readXattrs: XattrReader | null,
): void {
  const start = columns.length
  const problem = readDirectory(task.hostPath, columns, readXattrs)
  const end = columns.length
  listings.push({start, end, problem})
  for (let entry = start; entry < end; entry++) {
    if (columns.modes[entry]! < MODE.dir) continue
    const name = columns.nameOf(entry)
    const contextPath = task.contextPath === '' ? name : `${task.contextPath}/${name}`
    const states = descent.enter(contextPath, task.states)
    if (states === null) continue
    const bytes = columns.rare.get(entry)?.nameBytes
    const hostPath = joinHostPath(task.hostPath, bytes === undefined ? name : Buffer.from(bytes))
    found.push({entry, task: {hostPath, contextPath, states}})
  }
}
