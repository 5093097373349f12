import type {LargestPath} from '../report/context-report.js'
import {formatCount} from './bytes.js'

/** Sums up the paths that are not shown one by one, as one row. */
export function sumRest(rest: readonly LargestPath[]): LargestPath {
  const sum = {
    path: `${formatCount(rest.length)} more`,
    kind: 'other',
    title: '',
    fileCount: 0,
    fileBytes: 0,
    transferBytes: 0,
  }
  for (const {fileCount, fileBytes, transferBytes} of rest) {
    sum.fileCount += fileCount
    sum.fileBytes += fileBytes
    sum.transferBytes += transferBytes
  }
  return sum
}
