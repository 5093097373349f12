import {placeFigures, sum} from '../../build/transfer/entry-figures.js'
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

/** Sums transfers over the tree. */
export function uniteTransfers(
  tree: FileTree,
  transfers: readonly {selection: Selection; transfer: Transfer}[],
): UnionTransfer {
  const {isSent, bytes: subtreeBytes} = placeFigures(tree, transfers, sum)
  tree.sumSubtrees(subtreeBytes)
  const totalBytes = transfers.reduce((bytes, {transfer}) => bytes + transfer.sizes.transferBytes, 0)
  return {subtreeBytes, isSent, totalBytes}
}
