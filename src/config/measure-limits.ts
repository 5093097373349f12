import {parseSize} from '../languages/text/parse-size.js'
import {
  MEASURE_LIMIT_NAMES,
  type MeasureLimits,
  type MeasureThresholdName,
} from '../report/measure/measure-report.js'
import {parseDuration} from './parse-amounts.js'

/** How each limit is written, for messages. */
export const LIMIT_EXAMPLES: Readonly<Record<MeasureThresholdName, string>> = {
  'max-build-time': '5m, 90s or 1h30m',
  'max-size': '500MB (10^6 bytes) or 500MiB (2^20 bytes)',
  'max-pull': '200MB (10^6 bytes) or 200MiB (2^20 bytes)',
  'max-deploy': '10MB (10^6 bytes) or 10MiB (2^20 bytes)',
  'max-growth': '10%',
  'min-saving': '30%',
  'min-speedup': '25%',
}

/** Reads a limit: seconds, bytes, or percent. @returns null for what is none */
export function readMeasureLimit(name: MeasureThresholdName, text: string): number | null {
  if (name === 'max-build-time') return parseDuration(text)
  if (name === 'max-size' || name === 'max-pull' || name === 'max-deploy') return parseSize(text)
  return parsePercent(text)
}

/** Reads `30%`. @returns null for anything else */
function parsePercent(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text)
  return match === null ? null : Number(match[1])
}

/** Picks the limits out of a mapping that may hold more. */
export function pickMeasureLimits(
  given: Readonly<Record<string, unknown>> | null | undefined,
): MeasureLimits {
  const entries = MEASURE_LIMIT_NAMES.filter((name) => given?.[name] !== undefined && given[name] !== null)
  return Object.fromEntries(entries.map((name) => [name, String(given![name])]))
}
