import {EntryColumns} from '../../src/context/entry-columns.js'
import {EntryStamps} from '../../src/context/entry-stamps.js'
import {readDirectory} from '../../src/context/read-directory.js'

/** Reads one directory, without attributes and with nothing known of it. */
export function readColumns(directory: string): {columns: EntryColumns; problem: string | null} {
  const columns = new EntryColumns()
  const into = {columns, stamps: new EntryStamps(), directories: [], changedCount: 0}
  const problem = readDirectory(directory, null, {readXattrs: null, index: null, device: null}, into)
  return {columns, problem}
}
