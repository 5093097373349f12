/** Git's index: which paths of a repository are tracked. Format: gitformat-index, versions 2 to 4. */

const HEADER_BYTES = 12
/** Times, device, inode, mode, owner and size. */
const STAT_BYTES = 40
const SHA1_BYTES = 20
const EXTENDED = 0x4000
/** Where in them the mode stands. */
const MODE_AT = 24
const SUBMODULE_MODE = 0o160000

/** What an index holds, sorted as Git sorts it. */
export interface GitIndex {
  /** Submodules among them. */
  paths: string[]
  submodules: string[]
}

/**
 * Reads the paths of an index.
 * @returns null for what is no index, one with other hashes than SHA-1, or one that is split over two files
 */
export function readGitIndex(file: Uint8Array): GitIndex | null {
  const content = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  if (content.length < HEADER_BYTES || content.toString('latin1', 0, 4) !== 'DIRC') return null
  const version = view.getUint32(4)
  if (version < 2 || version > 4) return null
  const paths: string[] = []
  const submodules: string[] = []
  let at = HEADER_BYTES
  /** The name before, of which version 4 takes over a beginning. */
  let last = Buffer.alloc(0)
  for (let count = view.getUint32(8); count > 0; count--) {
    const flagsAt = at + STAT_BYTES + SHA1_BYTES
    if (flagsAt + 2 > content.length) return null
    const isExtended = (view.getUint16(flagsAt) & EXTENDED) !== 0
    let nameAt = flagsAt + (isExtended ? 4 : 2)
    let keptBytes = 0
    if (version === 4) {
      const {value, next} = readLength(content, nameAt)
      if (value > last.length) return null
      keptBytes = last.length - value
      nameAt = next
    }
    const end = content.indexOf(0, nameAt)
    if (end < 0) return null
    if (version === 4) last = Buffer.concat([last.subarray(0, keptBytes), content.subarray(nameAt, end)])
    const path = version === 4 ? last.toString('utf8') : content.toString('utf8', nameAt, end)
    paths.push(path)
    if (view.getUint32(at + MODE_AT) === SUBMODULE_MODE) submodules.push(path)
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7)
  }
  return hasLink(content, at) ? null : {paths, submodules}
}

/** The offset encoding of packs: seven bits a byte, each further byte counts one more. */
function readLength(content: Uint8Array, start: number): {value: number; next: number} {
  let at = start
  let byte = content[at++] ?? 0
  let value = byte & 0x7f
  while ((byte & 0x80) !== 0 && at < content.length) {
    byte = content[at++]!
    value = ((value + 1) << 7) | (byte & 0x7f)
  }
  return {value, next: at}
}

/** A split index names another file in an extension `link`. */
function hasLink(content: Buffer, start: number): boolean {
  return content.toString('latin1', start, start + 4) === 'link'
}
