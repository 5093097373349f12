import type {KnownEntries} from '../../advice/catalogue/known-entries.js'
import type {Transfer} from '../../build/transfer/predict-transfer.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import {findLargest, type Largest} from '../../measure/figures/find-largest.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** The paths of the union of some transfers that explain its bytes. */
export function reportLargest(
  tree: FileTree,
  {classify}: KnownEntries,
  sources: readonly {selection: Selection; transfer: Transfer}[],
  depth: number | undefined,
): Largest {
  const entryBytes = new Float64Array(tree.length)
  const included = new Uint8Array(tree.length)
  for (const {selection, transfer} of sources) {
    const {entries} = selection
    for (let number = 0; number < entries.length; number++) {
      const index = entries[number]!
      entryBytes[index] = Math.max(entryBytes[index]!, transfer.entryBytes[number]!)
      included[index] = 1
    }
  }
  return findLargest(tree, entryBytes, (index) => included[index] === 1, {
    kindOf: (index) => classify(index) ?? null,
    ...(depth !== undefined && {depth}),
  })
}
