/** Sizes of a set of entries, and of its transfer. */
export interface Sizes {
  entryCount: number
  /** Regular files, each hard link counted. */
  fileCount: number
  fileBytes: number
  /** What BuildKit prints as `transferring context` in a first build. */
  transferBytes: number
  /** The same in the next build, without a change. */
  rebuildTransferBytes: number
}

export const NO_SIZES: Sizes = {
  entryCount: 0,
  fileCount: 0,
  fileBytes: 0,
  transferBytes: 0,
  rebuildTransferBytes: 0,
}

/** Adds up sizes, for example over several plans. */
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
