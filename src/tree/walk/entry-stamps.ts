/** An entry with the same stamp is the same as when it was last seen. */
export interface FileStamp {
  inode: number
  /** Time of the last change of content, name or attributes: milliseconds since 1970. NaN: not to be relied on. */
  changed: number
}

/** The stamps of entries, as columns beside `EntryColumns`. */
export class EntryStamps {
  length = 0
  inodes: Float64Array
  changed: Float64Array

  constructor(capacity = 0) {
    this.inodes = new Float64Array(capacity)
    this.changed = new Float64Array(capacity)
  }

  /** Makes stamps over existing arrays. */
  static over(stamps: Pick<EntryStamps, 'length' | 'inodes' | 'changed'>): EntryStamps {
    return Object.assign(new EntryStamps(), stamps)
  }

  push(inode: number, changed: number): void {
    if (this.length === this.inodes.length) this.grow()
    this.inodes[this.length] = inode
    this.changed[this.length] = changed
    this.length++
  }

  /** Gives back the room behind the last stamp. */
  trim(): void {
    this.inodes = this.inodes.slice(0, this.length)
    this.changed = this.changed.slice(0, this.length)
  }

  private grow(): void {
    const {inodes, changed} = this
    const capacity = Math.max(64, this.length * 2)
    this.inodes = new Float64Array(capacity)
    this.inodes.set(inodes)
    this.changed = new Float64Array(capacity)
    this.changed.set(changed)
  }
}
