/** Says a time as people read it: `0.4 s`, `12 s`, `1 min 59 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds <= 0) return '0 s'
  if (seconds < 0.05) return '< 0.1 s'
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's')
  const minutes = Math.round(seconds / 60)
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const whole = `${large.toLocaleString('en-US')} ${largeUnit}`
  return small === 0 ? whole : `${whole} ${small} ${smallUnit}`
}
