import {formatCount} from '../languages/text/amounts.js'
import type {ContextReport, LargestPath, OtherPaths} from '../report/context-report.js'
import {sumPaths} from '../report/sum-paths.js'

/** The largest paths as a renderer shows them. */
export interface ShownPaths {
  /** One by one. */
  shown: readonly LargestPath[]
  /** All others as one row; null for none. */
  rest: (OtherPaths & {label: string}) | null
  /** Bytes of all of them. */
  wholeBytes: number
}

/** Lists the first paths one by one and sums up the others in one row; a single other path is listed, too. */
export function splitLargest(
  {largest, otherPaths}: Pick<ContextReport, 'largest' | 'otherPaths'>,
  maxRows: number,
): ShownPaths {
  const others = otherPaths === undefined ? [] : [otherPaths]
  const isShort = others.length === 0 && largest.length <= maxRows + 1
  const shown = isShort ? largest : largest.slice(0, maxRows)
  const rest = sumPaths([...largest.slice(shown.length), ...others])
  return {
    shown,
    rest: rest.pathCount === 0 ? null : {...rest, label: `${formatCount(rest.pathCount)} more`},
    wholeBytes: sumPaths([...largest, ...others]).transferBytes,
  }
}
