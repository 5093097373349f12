import type {Transfer} from '../../build/transfer/predict-transfer.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** What several builds transfer of one context, entry by entry. */
export interface UnionTransfer {
  /** Of an entry and all below it, summed over the builds. */
  subtreeBytes: Float64Array
  /** 1 for an entry that some build transfers. */
  isSent: Uint8Array
  totalBytes: number
}

/** Sums up transfers over the tree. */
export function uniteTransfers(
  tree: FileTree,
  transfers: readonly {selection: Selection; transfer: Transfer}[],
): UnionTransfer {
  const subtreeBytes = new Float64Array(tree.length)
  const isSent = new Uint8Array(tree.length)
  let totalBytes = 0
  for (const {selection, transfer} of transfers) {
    totalBytes += transfer.sizes.transferBytes
    const {entries} = selection
    const {entryBytes} = transfer
    for (let number = 0; number < entries.length; number++) {
      const index = entries[number]!
      subtreeBytes[index]! += entryBytes[number]!
      isSent[index] = 1
    }
  }
  tree.sumSubtrees(subtreeBytes)
  return {subtreeBytes, isSent, totalBytes}
}
