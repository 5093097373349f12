import {EntryColumns, type RareFacts} from './entry-columns.js'
import {type EntryType, entryTypeOf} from './file-mode.js'

/** The parent of the entries at the root. */
export const ROOT = -1

/**
 * A build context: its entries in Docker's order (each directory's children sorted by name as bytes, a directory
 * followed at once by its contents). A subtree is the range `index … endOf(index)`.
 */
export class ContextModel {
  readonly columns = new EntryColumns()
  private parents = new Int32Array(64)
  private ends = new Uint32Array(64)

  get length(): number {
    return this.columns.length
  }

  /** Appends a copy of an entry; its subtree must follow before `close` is called for it. */
  append(source: EntryColumns, sourceIndex: number, parent: number): number {
    const index = this.columns.copyFrom(source, sourceIndex)
    if (index === this.parents.length) this.grow()
    this.parents[index] = parent
    this.ends[index] = index + 1
    return index
  }

  /** Ends a directory's subtree at the entry appended last. */
  close(directory: number): void {
    this.ends[directory] = this.length
  }

  parentOf(index: number): number {
    return this.parents[index]!
  }

  /** The index behind the last entry of the subtree. */
  endOf(index: number): number {
    return index === ROOT ? this.length : this.ends[index]!
  }

  nameOf(index: number): string {
    return this.columns.nameOf(index)
  }

  /** The path relative to the context, `/`-separated. */
  pathOf(index: number): string {
    const names: string[] = []
    for (let at = index; at !== ROOT; at = this.parentOf(at)) names.push(this.nameOf(at))
    return names.reverse().join('/')
  }

  /** The path as it stands on disk, valid UTF-8 or not. */
  pathBytesOf(index: number): Uint8Array {
    const names: Uint8Array[] = []
    for (let at = index; at !== ROOT; at = this.parentOf(at)) {
      names.unshift(this.columns.nameBytesOf(at))
      if (this.parentOf(at) !== ROOT) names.unshift(Buffer.from('/'))
    }
    return Buffer.concat(names)
  }

  modeOf(index: number): number {
    return this.columns.modes[index]!
  }

  typeOf(index: number): EntryType {
    return entryTypeOf(this.columns.modes[index]!)
  }

  isDirectory(index: number): boolean {
    return this.columns.modes[index]! >= 0x80000000
  }

  sizeOf(index: number): number {
    return this.columns.sizes[index]!
  }

  modifiedOf(index: number): number {
    return this.columns.modified[index]!
  }

  /** Length of the name in bytes of UTF-8. */
  nameBytesOf(index: number): number {
    return this.columns.nameStarts[index + 1]! - this.columns.nameStarts[index]!
  }

  modifiedBytesOf(index: number): number {
    return this.columns.modifiedBytes[index]!
  }

  /** Facts that few entries have; undefined for most. */
  rareOf(index: number): RareFacts | undefined {
    return this.columns.rare.get(index)
  }

  /** Indexes of the entries with rare facts. */
  rareIndexes(): Iterable<number> {
    return this.columns.rare.keys()
  }

  /** The direct children of a directory, in order. */
  *childrenOf(directory: number): Generator<number> {
    const end = this.endOf(directory)
    for (let index = directory + 1; index < end; index = this.endOf(index)) yield index
  }

  /** The entry at a path, -1 if there is none. */
  find(path: string): number {
    let found = ROOT
    for (const name of path.split('/')) {
      const child = this.findChild(found, name)
      if (child === undefined) return -1
      found = child
    }
    return found
  }

  private findChild(directory: number, name: string): number | undefined {
    for (const index of this.childrenOf(directory)) if (this.nameOf(index) === name) return index
    return undefined
  }

  private grow(): void {
    const parents = new Int32Array(this.parents.length * 2)
    parents.set(this.parents)
    this.parents = parents
    const ends = new Uint32Array(this.ends.length * 2)
    ends.set(this.ends)
    this.ends = ends
  }
}
