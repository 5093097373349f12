const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Draws a share of a whole as a bar of at most `width` columns, to an eighth of a column; ASCII: whole `#`. */
export function renderBar(part: number, whole: number, width: number, hasUnicode: boolean): string {
  const share = whole > 0 ? Math.min(1, part / whole) : 0
  if (!hasUnicode) return '#'.repeat(share > 0 ? Math.max(1, Math.round(share * width)) : 0)
  const eighths = share > 0 ? Math.max(1, Math.round(share * width * 8)) : 0
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!
}
