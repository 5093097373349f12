import type {PlanReport} from '../report/context-report.js'
import type {Sizes} from '../transfer/predict-transfer.js'

const NOTHING: Sizes = {
  entryCount: 0,
  fileCount: 0,
  fileBytes: 0,
  transferBytes: 0,
  rebuildTransferBytes: 0,
}

/** Adds up sizes. */
export function addSizes(sizes: readonly Sizes[]): Sizes {
  const sum = {...NOTHING}
  for (const one of sizes) {
    sum.entryCount += one.entryCount
    sum.fileCount += one.fileCount
    sum.fileBytes += one.fileBytes
    sum.transferBytes += one.transferBytes
    sum.rebuildTransferBytes += one.rebuildTransferBytes
  }
  return sum
}

/** What a build transfers in all, its named contexts included. */
export function addContexts({before, after, namedContexts}: PlanReport): {before: Sizes; after: Sizes} {
  return {
    before: addSizes([before, ...namedContexts.map((named) => named.before)]),
    after: addSizes([after, ...namedContexts.map((named) => named.after)]),
  }
}
