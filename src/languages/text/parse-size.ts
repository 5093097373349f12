const UNITS = new Map([
  ['', 1],
  ['b', 1],
])
for (const [power, letter] of ['k', 'm', 'g', 't'].entries()) {
  UNITS.set(letter, 1000 ** (power + 1))
  UNITS.set(`${letter}b`, 1000 ** (power + 1))
  UNITS.set(`${letter}ib`, 1024 ** (power + 1))
}

/**
 * Reads a size: `50MB` is 50 × 10^6 bytes, `50MiB` 50 × 2^20; a plain number counts bytes.
 * @returns null for anything else, and for sizes beyond the exact integers
 */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim())
  if (match === null) return null
  const unit = UNITS.get(match[2]!.toLowerCase())
  if (unit === undefined) return null
  const bytes = Math.round(Number(match[1]) * unit)
  return Number.isSafeInteger(bytes) ? bytes : null
}
