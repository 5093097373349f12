import {crc32} from 'node:zlib'
import {ROOT} from '../../model/file-tree.js'
import type {FileStamp} from '../entry-stamps.js'
import {REPLACEMENT} from '../read-entry.js'

/** What a walk saw, in Docker's order, as columns. */
export interface WalkRecord {
  /** The directory itself. */
  root: FileStamp
  /** Entries. */
  length: number
  /** One longer than there are entries: a name ends where the next one begins. */
  nameStarts: Uint32Array
  /** UTF-8. */
  names: Uint8Array
  /** By entry: the directory that holds it, or `ROOT`. */
  parents: Int32Array
  /** Behind the last entry of each subtree. */
  ends: Uint32Array
  /** By entry: the number of its name, each new name having the next one. */
  nameNumbers: Uint32Array
  inodes: Float64Array
  /** Milliseconds since 1970; NaN where nothing may be relied on, as for a directory whose names are not all there. */
  changed: Float64Array
  /** Bytes that the extended attributes add to the stat packet. */
  xattrBytes: Uint32Array
}

/** Tells the layout below from other files, and from other versions of it. */
const MAGIC = 0x534c5733
/** Magic, checksum, entries, bytes of names; then the root's stamp. */
const HEADER_BYTES = 32
const CHECKED_FROM = 8
const SLASH = 0x2f
const DOT = 0x2e

/**
 * What the last walk of a directory saw, for the next one. Where an entry's inode and time of change are the same, so
 * are its attributes, and so are a directory's names: neither is read again. Git's index relies on the same. It is true
 * on file systems with fine times for each change of content, name, place, links and attributes.
 */
export class WalkIndex {
  readonly root: FileStamp
  readonly length: number
  readonly parents: Int32Array
  readonly ends: Uint32Array
  readonly nameNumbers: Uint32Array
  readonly inodes: Float64Array
  readonly changed: Float64Array
  readonly xattrBytes: Uint32Array
  readonly nameStarts: Uint32Array
  readonly names: Buffer

  /** @param content written by `encodeWalkIndex` and checked by `isWalkIndex`; threads may share it */
  constructor(readonly content: SharedArrayBuffer) {
    const [, , length, nameBytes] = new Uint32Array(content, 0, 4)
    const [inode, changed] = new Float64Array(content, 16, 2)
    const layout = layOutIndex(length!, nameBytes!)
    this.root = {inode: inode!, changed: changed!}
    this.length = length!
    this.inodes = new Float64Array(content, layout.inodes, length)
    this.changed = new Float64Array(content, layout.changed, length)
    this.parents = new Int32Array(content, layout.parents, length)
    this.ends = new Uint32Array(content, layout.ends, length)
    this.nameNumbers = new Uint32Array(content, layout.nameNumbers, length)
    this.xattrBytes = new Uint32Array(content, layout.xattrBytes, length)
    this.nameStarts = new Uint32Array(content, layout.nameStarts, length! + 1)
    this.names = Buffer.from(content, layout.names, nameBytes)
  }

  nameOf(entry: number): string {
    return this.names.toString('utf8', this.nameStarts[entry]!, this.nameStarts[entry + 1]!)
  }

  /** Whether an entry's name is this text: not where a replacement character stands for bytes that are not UTF-8. */
  isText(entry: number, name: string): boolean {
    if (!name.includes(REPLACEMENT)) return true
    return this.names.subarray(this.nameStarts[entry]!, this.nameStarts[entry + 1]!).equals(Buffer.from(name))
  }

  /** Behind the last entry of a directory's subtree; the directory is `ROOT` for the walked one. */
  endOf(directory: number): number {
    return directory < 0 ? this.length : this.ends[directory]!
  }

  /** Whether an entry is still what it was. */
  isSame(entry: number, inode: number, changed: number): boolean {
    return this.changed[entry] === changed && this.inodes[entry] === inode
  }
}

/** Encodes a record as `WalkIndex` reads it. */
export function encodeWalkIndex(record: WalkRecord): Uint8Array {
  const {length, nameStarts, root} = record
  const nameBytes = nameStarts[length]!
  const layout = layOutIndex(length, nameBytes)
  const content = new ArrayBuffer(layout.end)
  new Float64Array(content, 16, 2).set([root.inode, root.changed])
  new Float64Array(content, layout.inodes, length).set(record.inodes.subarray(0, length))
  new Float64Array(content, layout.changed, length).set(record.changed.subarray(0, length))
  new Int32Array(content, layout.parents, length).set(record.parents.subarray(0, length))
  new Uint32Array(content, layout.ends, length).set(record.ends.subarray(0, length))
  new Uint32Array(content, layout.nameNumbers, length).set(record.nameNumbers.subarray(0, length))
  new Uint32Array(content, layout.xattrBytes, length).set(record.xattrBytes.subarray(0, length))
  new Uint32Array(content, layout.nameStarts, length + 1).set(nameStarts.subarray(0, length + 1))
  const bytes = new Uint8Array(content)
  bytes.set(record.names.subarray(0, nameBytes), layout.names)
  const header = new Uint32Array(content, 0, 4)
  header.set([MAGIC, 0, length, nameBytes])
  header[1] = crc32(bytes.subarray(CHECKED_FROM))
  return bytes
}

/** Tells whether bytes are complete, were written by `encodeWalkIndex`, and name only entries below the directory. */
export function isWalkIndex(content: SharedArrayBuffer): boolean {
  if (content.byteLength < HEADER_BYTES) return false
  const [magic, checksum, length, nameBytes] = new Uint32Array(content, 0, 4)
  const layout = layOutIndex(length!, nameBytes!)
  if (magic !== MAGIC || content.byteLength !== layout.end) return false
  if (crc32(Buffer.from(content, CHECKED_FROM)) !== checksum) return false
  return isTree(content, layout, length!) && areNames(content, layout, length!)
}

/** No path is longer than 4,096 bytes, a slash after each name. */
const MAX_DEPTH = 2_048

/** Every subtree lies in that of the directory above, and that is the one which the entry names. */
function isTree(content: SharedArrayBuffer, layout: Layout, length: number): boolean {
  const parents = new Int32Array(content, layout.parents, length)
  const ends = new Uint32Array(content, layout.ends, length)
  let open = ROOT
  let depth = 0
  for (let entry = 0; entry < length; entry++) {
    for (; open !== ROOT && ends[open]! === entry; depth--) open = parents[open]!
    const end = ends[entry]!
    if (parents[entry] !== open || end <= entry || end > (open === ROOT ? length : ends[open]!)) return false
    if (end === entry + 1) continue
    open = entry
    if (++depth > MAX_DEPTH) return false
  }
  return true
}

/** No name leads out of its directory, and no number of a name is left out. */
function areNames(content: SharedArrayBuffer, layout: Layout, length: number): boolean {
  const numbers = new Uint32Array(content, layout.nameNumbers, length)
  const nameStarts = new Uint32Array(content, layout.nameStarts, length + 1)
  const names = Buffer.from(content, layout.names)
  if (nameStarts[0] !== 0 || nameStarts[length] !== names.length || names.includes(SLASH)) return false
  let count = 0
  for (let entry = 0; entry < length; entry++) {
    if (numbers[entry]! > count) return false
    if (numbers[entry] === count) count++
    const start = nameStarts[entry]!
    const bytes = nameStarts[entry + 1]! - start
    if (bytes <= 0) return false
    if (names[start] === DOT && (bytes === 1 || (bytes === 2 && names[start + 1] === DOT))) return false
  }
  return true
}

/** Where each column begins, in bytes: the wide ones first, so that each lies on a multiple of its width. */
interface Layout {
  inodes: number
  changed: number
  parents: number
  ends: number
  nameNumbers: number
  xattrBytes: number
  nameStarts: number
  names: number
  end: number
}

function layOutIndex(length: number, nameBytes: number): Layout {
  const inodes = HEADER_BYTES
  const changed = inodes + length * 8
  const parents = changed + length * 8
  const ends = parents + length * 4
  const nameNumbers = ends + length * 4
  const xattrBytes = nameNumbers + length * 4
  const nameStarts = xattrBytes + length * 4
  const names = nameStarts + (length + 1) * 4
  return {inodes, changed, parents, ends, nameNumbers, xattrBytes, nameStarts, names, end: names + nameBytes}
}
