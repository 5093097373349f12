import type {ContextReport} from '../../report/context-report.js'
import {sumPaths} from '../../report/sum-paths.js'
import {type Largest, MAX_LARGEST} from './find-largest.js'

/**
 * Puts the largest paths of several contexts together, as the report has them.
 * @param maxCount paths to list one by one
 */
export function joinLargest(
  ofContexts: readonly Largest[],
  maxCount = MAX_LARGEST,
): Pick<ContextReport, 'largest' | 'otherPaths'> {
  const all = ofContexts
    .flatMap(({largest}) => largest)
    .sort((one, other) => other.transferBytes - one.transferBytes)
  const otherPaths = sumPaths([...all.slice(maxCount), ...ofContexts.map((one) => one.otherPaths)])
  return {largest: all.slice(0, maxCount), ...(otherPaths.pathCount > 0 && {otherPaths})}
}
