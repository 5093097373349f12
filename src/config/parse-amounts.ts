import {parseSize} from '../languages/text/parse-size.js'
import type {Rate} from '../report/context-report.js'

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

const FACTORS: Readonly<Record<string, number>> = {'': 1, k: 1e3, m: 1e6, g: 1e9}
const BITS_PER_BYTE = 8

/** Reads a bandwidth in bits a second, as they are sold: `50Mbit`, `1.5 Gbit/s`, `100Mbps`. @returns null for anything else */
export function parseBandwidth(text: string): Rate | null {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:bits?(?:\/s)?|bps)$/i.exec(text.trim())
  if (match === null) return null
  const [, amount = '', prefix = ''] = match
  const bytesPerSecond = (Number(amount) * FACTORS[prefix.toLowerCase()]!) / BITS_PER_BYTE
  if (!(bytesPerSecond > 0) || !Number.isFinite(bytesPerSecond)) return null
  const unit = prefix === '' ? 'bit/s' : `${prefix.toLowerCase() === 'k' ? 'k' : prefix.toUpperCase()}bit/s`
  return {bytesPerSecond, label: `${Number(amount)} ${unit}`}
}

const DURATION_UNITS: Readonly<Record<string, number>> = {ms: 0.001, s: 1, m: 60, min: 60, h: 3600}

/** Reads a duration, `90s`, `5m`, `1h30m`; a plain number counts seconds. @returns seconds; null for anything else */
export function parseDuration(text: string): number | null {
  const trimmed = text.replace(/\s+/g, '').toLowerCase()
  if (/^\d+(?:\.\d+)?$/.test(trimmed)) return Number(trimmed)
  if (!/^(?:\d+(?:\.\d+)?(?:ms|min|h|m|s))+$/.test(trimmed)) return null
  let seconds = 0
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|min|h|m|s)/g))
    seconds += Number(amount) * DURATION_UNITS[unit!]!
  return Number.isFinite(seconds) ? seconds : null
}
