/** Says by how much a size falls: `96.8 % less`; never all of it while something is left. Empty if it does not fall. */
export function formatSaving(before: number, after: number): string {
  if (after >= before) return ''
  const percent = (100 * (before - after)) / before
  const shown = after > 0 ? Math.min(percent, 99.9) : percent
  return shown < 0.1 ? '< 0.1 % less' : `${shown.toFixed(shown === 100 ? 0 : 1)} % less`
}
