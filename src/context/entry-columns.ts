/** The bytes that a varint of a number takes in a protobuf message; a negative number takes ten. */
export function varintBytes(value: number): number {
  if (value < 0) return 10
  let bytes = 1
  for (let rest = value; rest >= 128; rest /= 128) bytes++
  return bytes
}

/** Facts that few entries have. */
export interface RareFacts {
  /** A symlink's target, as bytes when it is not valid UTF-8. */
  linkTarget?: string | Uint8Array
  /** Shared by the regular files that are links to one another. */
  inode?: number
  device?: {major: number; minor: number}
  /** Bytes that the extended attributes add to the stat packet. */
  xattrBytes?: number
  /** The name's bytes where they are not valid UTF-8. */
  nameBytes?: Uint8Array
  /** Why a directory's entries could not be read: an error code such as `EACCES`. */
  unreadable?: string
}

/** Entries as columns, each a typed array: a million of them take some 40 MB. Grows by doubling. */
export class EntryColumns {
  length = 0
  /** Go's file mode. */
  modes = new Uint32Array(64)
  /** Bytes, as `lstat` gives them. */
  sizes = new Float64Array(64)
  /** Milliseconds since 1970. */
  modified = new Float64Array(64)
  /** Bytes that the modification time takes as a varint of nanoseconds; 0 for 1970 itself, which is not sent. */
  modifiedBytes = new Uint8Array(64)
  /** Where an entry's name begins in `names`; it ends where the next one begins. */
  nameStarts = new Uint32Array(65)
  names = Buffer.alloc(1024)
  rare = new Map<number, RareFacts>()

  /** Adds an entry and returns its index. */
  push(
    name: string | Uint8Array,
    mode: number,
    size: number,
    modified: number,
    modifiedBytes: number,
  ): number {
    const index = this.length++
    if (index === this.modes.length) this.growEntries()
    this.modes[index] = mode
    this.sizes[index] = size
    this.modified[index] = modified
    this.modifiedBytes[index] = modifiedBytes
    const start = this.nameStarts[index]!
    const room = name.length * 3
    if (start + room > this.names.length) this.growNames(start + room)
    const written = typeof name === 'string' ? this.names.write(name, start) : this.copyName(name, start)
    this.nameStarts[index + 1] = start + written
    return index
  }

  addRare(index: number, facts: RareFacts): void {
    this.rare.set(index, {...this.rare.get(index), ...facts})
  }

  nameOf(index: number): string {
    return this.names.toString('utf8', this.nameStarts[index]!, this.nameStarts[index + 1]!)
  }

  /** The name as it stands on disk. */
  nameBytesOf(index: number): Uint8Array {
    return this.names.subarray(this.nameStarts[index]!, this.nameStarts[index + 1]!)
  }

  /** Appends one entry of other columns and returns its index here. */
  copyFrom(other: EntryColumns, index: number): number {
    const name = other.nameBytesOf(index)
    const modifiedBytes = other.modifiedBytes[index]!
    const at = this.push(
      name,
      other.modes[index]!,
      other.sizes[index]!,
      other.modified[index]!,
      modifiedBytes,
    )
    const facts = other.rare.size > 0 ? other.rare.get(index) : undefined
    if (facts !== undefined) this.rare.set(at, facts)
    return at
  }

  private copyName(name: Uint8Array, start: number): number {
    this.names.set(name, start)
    return name.length
  }

  private growEntries(): void {
    const capacity = this.modes.length * 2
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
