import {NO_SIZES, type Sizes} from '../build/transfer/predict-transfer.js'

/** Adds up sizes, for instance over the transfers of several plans. */
export function addSizes(sizes: readonly Sizes[]): Sizes {
  const sum = {...NO_SIZES}
  for (const one of sizes) {
    sum.entryCount += one.entryCount
    sum.fileCount += one.fileCount
    sum.fileBytes += one.fileBytes
    sum.transferBytes += one.transferBytes
    sum.rebuildTransferBytes += one.rebuildTransferBytes
  }
  return sum
}
