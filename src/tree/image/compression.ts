export type Compression = 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz'

/** How many first bytes tell the compression. */
export const MAGIC_BYTES = 6

/**
 * Names the compression from the first bytes, as engines do: they disregard the media type (docs/image.md 1.8). A
 * skippable frame, which zstd:chunked may begin with, counts as zstd.
 */
export function compressionOf(start: Uint8Array): Compression {
  const [first, second, third, fourth] = start
  if (first === 0x1f && second === 0x8b) return 'gzip'
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return 'zstd'
  if (first !== undefined && (first & 0xf0) === 0x50 && second === 0x2a && third === 0x4d && fourth === 0x18)
    return 'zstd'
  if (first === 0x42 && second === 0x5a && third === 0x68) return 'bzip2'
  return [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00].every((byte, at) => start[at] === byte) ? 'xz' : 'none'
}
