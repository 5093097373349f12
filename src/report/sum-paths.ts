import type {LargestPath, OtherPaths} from './context-report.js'

/** Adds up paths, or sums of paths. */
export function sumPaths(parts: readonly (LargestPath | OtherPaths)[]): OtherPaths {
  const sum = {pathCount: 0, fileCount: 0, fileBytes: 0, transferBytes: 0}
  for (const part of parts) {
    sum.pathCount += 'pathCount' in part ? part.pathCount : 1
    sum.fileCount += part.fileCount
    sum.fileBytes += part.fileBytes
    sum.transferBytes += part.transferBytes
  }
  return sum
}
