/** In words: what is there, or was. */
export function describeDifference(kind: string, before: string, after: string): string {
  if (kind === 'only-before') return `gone, was a ${before}`
  if (kind === 'only-after') return `new, a ${after}`
  return `${kind} ${before || 'none'}, now ${after || 'none'}`
}
