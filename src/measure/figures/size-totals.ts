import type {Transfer} from '../../build/transfer/predict-transfer.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** What one build transfers of a context, and which of it is to leave. */
export interface LeavingTransfer {
  selection: Pick<Selection, 'entries'>
  transfer: Pick<Transfer, 'entryBytes'>
  /** Whether an entry of the selection is taken away by the accepted suggestions. */
  isLeaving: (index: number) => boolean
}

/** Sums by entry index, each of the entry and all below it, over all builds. */
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
  for (const transfer of transfers) addTransfer(totals, tree, transfer)
  for (const column of Object.values(totals) as Float64Array[]) tree.sumSubtrees(column)
  return totals
}

function addTransfer(
  totals: SizeTotals,
  tree: FileTree,
  {selection, transfer, isLeaving}: LeavingTransfer,
): void {
  const {entries} = selection
  for (let number = 0; number < entries.length; number++) {
    const index = entries[number]!
    const bytes = transfer.entryBytes[number]!
    const files = tree.typeOf(index) === 'file' ? 1 : 0
    totals.bytes[index]! += bytes
    totals.files[index]! += files
    if (!isLeaving(index)) continue
    totals.leavingBytes[index]! += bytes
    totals.leavingFiles[index]! += files
  }
}
