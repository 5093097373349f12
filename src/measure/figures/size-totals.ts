import {type SlotFigures, visitSlots} from '../../build/transfer/entry-figures.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** What one build transfers of a context, and which of it is to leave. */
export interface LeavingTransfer extends SlotFigures {
  /** Whether the accepted suggestions remove an entry of the selection. */
  isLeaving: (entry: number) => boolean
}

/** Sums by entry, each of the entry and all below it, over all builds. */
export interface SizeTotals {
  bytes: Float64Array
  leavingBytes: Float64Array
  files: Float64Array
  leavingFiles: Float64Array
}

/** Adds up transfers over the tree of a context, in one pass over the entries. */
export function sumTotals(tree: FileTree, transfers: readonly LeavingTransfer[]): SizeTotals {
  const totals: SizeTotals = {
    bytes: new Float64Array(tree.length),
    leavingBytes: new Float64Array(tree.length),
    files: new Float64Array(tree.length),
    leavingFiles: new Float64Array(tree.length),
  }
  visitSlots(transfers, (entry, slot, {transfer, isLeaving}) => {
    const bytes = transfer.entryBytes[slot]!
    const files = tree.typeOf(entry) === 'file' ? 1 : 0
    totals.bytes[entry]! += bytes
    totals.files[entry]! += files
    if (!isLeaving(entry)) return
    totals.leavingBytes[entry]! += bytes
    totals.leavingFiles[entry]! += files
  })
  for (const column of Object.values(totals) as Float64Array[]) tree.sumSubtrees(column)
  return totals
}
