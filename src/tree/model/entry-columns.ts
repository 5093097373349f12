import {findSlot} from './find-slot.js'

/** The bytes that a varint of a number takes in a protobuf message; a negative number takes ten. */
export function varintBytes(value: number): number {
  if (value < 0) return 10
  // Sizes and lengths are nearly always one of these.
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  if (value < 0x200000) return 3
  let bytes = 4
  for (let rest = value / 0x200000; rest >= 128; rest /= 128) bytes++
  return bytes
}

/** Facts that few entries have. */
export interface RareFacts {
  /** A symlink's target, as bytes when it is not valid UTF-8. */
  linkTarget?: string | Uint8Array
  /** Shared by the entries that are hard links to one another. */
  inode?: number | bigint
  device?: {major: number; minor: number}
  /** Bytes that the extended attributes add to the stat packet. */
  xattrBytes?: number
  /** The name's bytes where they are not valid UTF-8. */
  nameBytes?: Uint8Array
  /** Why a directory's entries could not be read: an error code such as `EACCES`. */
  unreadable?: string
}

/** What every entry has besides its name, as `EntryColumns` holds it. */
export interface EntryFacts {
  mode: number
  size: number
  modified: number
  modifiedBytes: number
}

/** The arrays of `EntryColumns`. */
export type ColumnArrays = Pick<
  EntryColumns,
  'modes' | 'sizes' | 'modified' | 'modifiedBytes' | 'nameStarts' | 'names'
>

/** Entries as columns, each a typed array: a million of them take some 40 MB. Grows by doubling. */
export class EntryColumns {
  length = 0
  /** Go's file mode. */
  modes: Uint32Array
  /** Bytes, as `lstat` gives them. */
  sizes: Float64Array
  /** Milliseconds since 1970. */
  modified: Float64Array
  /** Bytes that the modification time takes as a varint of nanoseconds; 0 for 1970 itself, which is not sent. */
  modifiedBytes: Uint8Array
  /** Where an entry's name begins in `names`; it ends where the next one begins. */
  nameStarts: Uint32Array
  names: Buffer
  rare = new Map<number, RareFacts>()

  /** @param capacity entries to make room for, and bytes of their names; more come in by doubling */
  constructor({entries, nameBytes} = {entries: 64, nameBytes: 1024}) {
    this.modes = new Uint32Array(entries)
    this.sizes = new Float64Array(entries)
    this.modified = new Float64Array(entries)
    this.modifiedBytes = new Uint8Array(entries)
    this.nameStarts = new Uint32Array(entries + 1)
    this.names = Buffer.alloc(nameBytes)
  }

  /** Columns that are there already, of `length` entries. */
  static over(length: number, columns: ColumnArrays): EntryColumns {
    return Object.assign(new EntryColumns({entries: 0, nameBytes: 0}), columns, {length})
  }

  /** Adds an entry and returns it. */
  push(name: string | Uint8Array, {mode, size, modified, modifiedBytes}: EntryFacts): number {
    const entry = this.length++
    if (entry === this.modes.length) this.growEntries()
    this.modes[entry] = mode
    this.sizes[entry] = size
    this.modified[entry] = modified
    this.modifiedBytes[entry] = modifiedBytes
    const start = this.nameStarts[entry]!
    const room = typeof name === 'string' ? name.length * 3 : name.length
    if (start + room > this.names.length) this.growNames(start + room)
    const written = typeof name === 'string' ? this.names.write(name, start) : this.copyName(name, start)
    this.nameStarts[entry + 1] = start + written
    return entry
  }

  /** Whether an entry bears this name, given as bytes. */
  isNamed(entry: number, name: Uint8Array): boolean {
    const {names} = this
    const start = this.nameStarts[entry]!
    if (this.nameStarts[entry + 1]! - start !== name.length) return false
    for (let at = 0; at < name.length; at++) if (names[start + at] !== name[at]) return false
    return true
  }

  /** Compares an entry's name with another, byte by byte: negative where it stands before it. */
  compareName(entry: number, name: Uint8Array): number {
    const {names} = this
    const start = this.nameStarts[entry]!
    const length = this.nameStarts[entry + 1]! - start
    const shared = Math.min(length, name.length)
    for (let at = 0; at < shared; at++) {
      const difference = names[start + at]! - name[at]!
      if (difference !== 0) return difference
    }
    return length - name.length
  }

  addRare(entry: number, facts: RareFacts): void {
    this.rare.set(entry, {...this.rare.get(entry), ...facts})
  }

  nameOf(entry: number): string {
    return this.names.toString('utf8', this.nameStarts[entry]!, this.nameStarts[entry + 1]!)
  }

  /** The names of some entries, in their order: many at once become text in a fraction of the time. */
  namesOf(entries: Uint32Array): string[] {
    const {names, nameStarts} = this
    const bytes: number[] = []
    const starts: number[] = []
    for (const entry of entries) {
      starts.push(bytes.length)
      const end = nameStarts[entry + 1]!
      for (let at = nameStarts[entry]!; at < end; at++) bytes.push(names[at]!)
    }
    if (bytes.some((byte) => byte >= 0x80)) return Array.from(entries, (entry) => this.nameOf(entry))
    const text = Buffer.from(bytes).toString('latin1')
    return starts.map((start, at) => text.slice(start, starts[at + 1]))
  }

  /** The entries whose names hold a text, ascending. The bytes of all names are searched at once: 1 ms for 200,000. */
  entriesWith(text: string): number[] {
    const starts = this.nameStarts.subarray(0, this.length + 1)
    // What stands behind the last name counts no longer.
    const names = this.names.subarray(0, starts[this.length])
    const bytes = Buffer.from(text)
    const found: number[] = []
    for (let at = names.indexOf(bytes); at >= 0; at = names.indexOf(bytes, at + 1)) {
      const entry = findSlot(starts, at + 1) - 1
      if (at + bytes.length <= starts[entry + 1]! && found.at(-1) !== entry) found.push(entry)
    }
    return found
  }

  /** The name as it stands on disk. */
  nameBytesOf(entry: number): Uint8Array {
    return this.names.subarray(this.nameStarts[entry]!, this.nameStarts[entry + 1]!)
  }

  /** Appends one entry of other columns and returns the one here. */
  copyFrom(other: EntryColumns, entry: number): number {
    const at = this.length++
    if (at === this.modes.length) this.growEntries()
    this.modes[at] = other.modes[entry]!
    this.sizes[at] = other.sizes[entry]!
    this.modified[at] = other.modified[entry]!
    this.modifiedBytes[at] = other.modifiedBytes[entry]!
    this.nameStarts[at + 1] = this.copyBytes(
      other.names,
      other.nameStarts[entry]!,
      other.nameStarts[entry + 1]!,
    )
    const facts = other.rare.size > 0 ? other.rare.get(entry) : undefined
    if (facts !== undefined) this.rare.set(at, facts)
    return at
  }

  /** Appends entries that stand together in other columns, as they are; there must be room for them. */
  copyRange(source: EntryColumns, start: number, end: number): void {
    const at = this.length
    this.modes.set(source.modes.subarray(start, end), at)
    this.sizes.set(source.sizes.subarray(start, end), at)
    this.modified.set(source.modified.subarray(start, end), at)
    this.modifiedBytes.set(source.modifiedBytes.subarray(start, end), at)
    const from = source.nameStarts[start]!
    const shift = this.nameStarts[at]! - from
    this.names.set(source.names.subarray(from, source.nameStarts[end]!), from + shift)
    this.nameStarts.set(source.nameStarts.subarray(start + 1, end + 1), at + 1)
    this.length += end - start
    const {nameStarts, length} = this
    if (shift !== 0) for (let entry = at + 1; entry <= length; entry++) nameStarts[entry]! += shift
    if (source.rare.size === 0) return
    for (let entry = start; entry < end; entry++) {
      const facts = source.rare.get(entry)
      if (facts !== undefined) this.rare.set(entry - start + at, facts)
    }
  }

  /** Copies name by name without a view for each: that alone took as long as all the rest. Returns where the name ends. */
  private copyBytes(source: Uint8Array, from: number, to: number): number {
    let end = this.nameStarts[this.length - 1]!
    if (end + to - from > this.names.length) this.growNames(end + to - from)
    const {names} = this
    for (let at = from; at < to; at++) names[end++] = source[at]!
    return end
  }

  private copyName(name: Uint8Array, start: number): number {
    this.names.set(name, start)
    return name.length
  }

  /** Gives back the room behind the last entry where there is much: a walk keeps all its batches until it is done. */
  trim(): void {
    const {length} = this
    // A directory of a million files is a batch by itself: a copy would cost more than it gives back.
    if (length * 1.25 > this.modes.length) return
    this.modes = this.modes.slice(0, length)
    this.sizes = this.sizes.slice(0, length)
    this.modified = this.modified.slice(0, length)
    this.modifiedBytes = this.modifiedBytes.slice(0, length)
    this.names = grown(
      Buffer.alloc(this.nameStarts[length]!),
      this.names.subarray(0, this.nameStarts[length]!),
    )
    this.nameStarts = this.nameStarts.slice(0, length + 1)
  }

  private growEntries(): void {
    const capacity = Math.max(64, this.modes.length * 2)
    this.modes = grown(new Uint32Array(capacity), this.modes)
    this.sizes = grown(new Float64Array(capacity), this.sizes)
    this.modified = grown(new Float64Array(capacity), this.modified)
    this.modifiedBytes = grown(new Uint8Array(capacity), this.modifiedBytes)
    this.nameStarts = grown(new Uint32Array(capacity + 1), this.nameStarts)
  }

  private growNames(needed: number): void {
    this.names = grown(Buffer.alloc(Math.max(this.names.length * 2, needed)), this.names)
  }
}

function grown<Column extends {set(values: Column): void}>(larger: Column, column: Column): Column {
  larger.set(column)
  return larger
}
