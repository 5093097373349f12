import type {KnownEntries} from '../advice/known-entries.js'
import type {ContextModel} from '../context/context-model.js'
import type {LargestPath} from '../report/context-report.js'
import {findLargest} from '../report/find-largest.js'
import type {Transfer} from '../transfer/predict-transfer.js'
import type {Selection} from '../transfer/select-entries.js'

/** The paths of the union of some transfers that explain its bytes, largest first. */
export function reportLargest(
  model: ContextModel,
  {classify}: KnownEntries,
  sources: readonly {selection: Selection; transfer: Transfer}[],
  depth: number | undefined,
): LargestPath[] {
  const entryBytes = new Float64Array(model.length)
  const included = new Uint8Array(model.length)
  for (const {selection, transfer} of sources) {
    for (let number = 0; number < selection.entries.length; number++) {
      const index = selection.entries[number]!
      entryBytes[index] = Math.max(entryBytes[index]!, transfer.entryBytes[number]!)
      included[index] = 1
    }
  }
  return findLargest(model, entryBytes, (index) => included[index] === 1, {
    kindOf: (index) => classify(index) ?? null,
    ...(depth !== undefined && {depth}),
  })
}
