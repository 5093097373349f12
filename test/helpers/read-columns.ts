import {EntryColumns} from '../../src/tree/model/entry-columns.js'
import {EntryStamps} from '../../src/tree/walk/entry-stamps.js'
import {type ReadOutcome, readDirectory} from '../../src/tree/walk/read-directory.js'

/** Reads one directory, without attributes and with nothing known of it. */
export function readColumns(directory: string): ReadOutcome & {columns: EntryColumns} {
  const columns = new EntryColumns()
  const into = {columns, stamps: new EntryStamps(), directories: [], count: {changed: 0}}
  const tools = {readXattrs: null, known: null, device: null, takesStamps: false}
  return {columns, ...readDirectory(directory, null, tools, into)}
}
