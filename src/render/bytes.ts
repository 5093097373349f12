import prettyBytes from 'pretty-bytes'

/** Says a number of bytes as people read it, in SI units as Docker writes them; exact: every byte. */
export function formatBytes(bytes: number, isExact = false): string {
  return isExact ? `${formatCount(bytes)} B` : prettyBytes(bytes)
}

/** Groups digits: `48,211`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** `1 file`, `2 files`. */
export function formatFiles(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'file' : 'files'}`
}

/** A share in whole percent; what is not nothing and below one is `<1 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '0 %'
  const percent = (100 * part) / whole
  return percent > 0 && percent < 1 ? '<1 %' : `${Math.round(percent)} %`
}
