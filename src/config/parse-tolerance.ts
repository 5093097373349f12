import {parseSize} from '../languages/text/parse-size.js'

/** How much a build may grow beyond its baseline. */
export interface Tolerance {
  /** Percent of the baseline; 0 where bytes are given. */
  percent: number
  bytes: number
}

/** Reads `5%` or a size. @returns null for anything else */
export function parseTolerance(given: string | number): Tolerance | null {
  const share = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(String(given))
  if (share !== null) {
    const percent = Number(share[1])
    return Number.isSafeInteger(Math.round(percent)) ? {percent, bytes: 0} : null
  }
  const bytes = parseSize(String(given))
  return bytes === null ? null : {percent: 0, bytes}
}
