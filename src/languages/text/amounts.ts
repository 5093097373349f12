/** The one place where numbers become text for people. */
import prettyBytes from 'pretty-bytes'

/** Writes a number of bytes with three digits, in SI units as Docker does: `1.24 MB`; exact: `1,240,000 B`. */
export function formatBytes(bytes: number, isExact = false): string {
  if (isExact) return `${formatCount(bytes)} B`
  const text = prettyBytes(bytes)
  // 999,999 bytes round to "1000 kB".
  return text.startsWith('1000 ') ? prettyBytes(10 ** Math.round(Math.log10(bytes))) : text
}

/** Groups the digits of a whole number: `48,211`. `toLocaleString` would load tables of locales first. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 file`, `2 files`. */
export function formatFiles(count: number): string {
  return formatThings(count, 'file')
}

/** `1 build`, `2,000 builds`. */
export function formatThings(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Writes a share in whole percent: `<1 %` for less than one but not zero, `>99 %` for more than 99 but not all. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '0 %'
  const percent = (100 * part) / whole
  if (percent > 0 && percent < 1) return '<1 %'
  return percent > 99 && percent < 100 ? '>99 %' : `${Math.round(percent)} %`
}

/**
 * Writes how many bytes fewer or more something has now: `98.5 % less`; where both sizes read the same, `45 B less`.
 * Empty if it was zero or has not changed.
 */
export function formatChange(before: number, after: number): string {
  if (before <= 0 || before === after) return ''
  const difference = Math.abs(before - after)
  const percent = (100 * difference) / before
  const word = after < before ? 'less' : 'more'
  if (formatBytes(before) === formatBytes(after)) return `${formatBytes(difference)} ${word}`
  if (percent < 0.05) return `<0.1 % ${word}`
  if (after > 0 && after < before && percent >= 99.95) return `>99.9 % ${word}`
  return `${percent.toFixed(1)} % ${word}`
}

/** Writes by how much something falls: `98.5 % less`, `45 B less`. Empty if it does not fall. */
export function formatSaving(before: number, after: number): string {
  return after < before ? formatChange(before, after) : ''
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Writes a duration: `<0.1 s`, `2.5 s`, `65 s`, `3 min 18 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds === 0) return '0 s'
  if (seconds < 0.1) return '<0.1 s'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 1.5 * MINUTE) return `${Math.round(seconds)} s`
  if (seconds < HOUR) return formatPair(seconds, [MINUTE, 'min'], [1, 's'])
  if (seconds < DAY) return formatPair(seconds, [HOUR, 'h'], [MINUTE, 'min'])
  return formatPair(seconds, [DAY, 'd'], [HOUR, 'h'])
}

/** The same of a figure that another build will not meet exactly: `about 65 s`, `<0.1 s`. */
export function formatRoughly(seconds: number): string {
  const text = formatSeconds(seconds)
  return text.startsWith('<') ? text : `about ${text}`
}

function formatPair(
  seconds: number,
  [large, largeName]: [number, string],
  [small, smallName]: [number, string],
): string {
  const units = Math.round(seconds / small)
  const perLarge = large / small
  const rest = units % perLarge
  const head = `${formatCount(Math.floor(units / perLarge))} ${largeName}`
  return rest === 0 ? head : `${head} ${rest} ${smallName}`
}
