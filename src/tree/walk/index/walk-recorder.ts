import {type FileTree, ROOT} from '../../model/file-tree.js'
import type {EntryNotes} from '../assemble-tree.js'
import type {EntryStamps, FileStamp} from '../entry-stamps.js'
import type {WalkRecord} from './walk-index.js'

/** A change shortly before or during the walk may have the same time as one that the walk did not see. */
const RACY_MS = 2_000

/** Notes for the next walk what may be relied on, while a tree is put together. */
export class WalkRecorder implements EntryNotes {
  private readonly inodes: Float64Array
  private readonly changed: Float64Array
  private readonly root: FileStamp
  private readonly reliedOnBefore: number

  /**
   * @param maxLength entries that the tree will have at most
   * @param root the stamp of the walked directory, taken before it was read
   * @param startedAt milliseconds since 1970
   */
  constructor(maxLength: number, root: FileStamp, startedAt: number) {
    this.inodes = new Float64Array(maxLength)
    this.changed = new Float64Array(maxLength)
    this.reliedOnBefore = startedAt - RACY_MS
    this.root = {inode: root.inode, changed: this.reliable(root.changed)}
  }

  /** Notes an entry's stamp. */
  add(index: number, stamps: EntryStamps, entry: number): void {
    this.inodes[index] = stamps.inodes[entry]!
    this.changed[index] = this.reliable(stamps.changed[entry]!)
  }

  /** Notes the stamps of entries that stand together, from `index` on. */
  addRange(index: number, {inodes, changed}: EntryStamps, start: number, end: number): void {
    this.inodes.set(inodes.subarray(start, end), index)
    for (let entry = start; entry < end; entry++) {
      this.changed[index + entry - start] = this.reliable(changed[entry]!)
    }
  }

  /** Marks a directory to be read again: its names are not all in the tree, or not exact. */
  distrust(directory: number): void {
    if (directory === ROOT) this.root.changed = Number.NaN
    else this.changed[directory] = Number.NaN
  }

  finish(tree: FileTree): WalkRecord {
    const {length, columns} = tree
    const parents = new Int32Array(length)
    const ends = new Uint32Array(length)
    const nameNumbers = new Uint32Array(length)
    for (let index = 0; index < length; index++) {
      parents[index] = tree.parentOf(index)
      ends[index] = tree.endOf(index)
      nameNumbers[index] = tree.names.numberOf(index)
    }
    const xattrBytes = new Uint32Array(length)
    for (const [index, facts] of columns.rare) xattrBytes[index] = facts.xattrBytes ?? 0
    const {inodes, changed, root} = this
    return {
      root,
      length,
      nameStarts: columns.nameStarts,
      names: columns.names,
      parents,
      ends,
      nameNumbers,
      inodes,
      changed,
      xattrBytes,
    }
  }

  private reliable(changed: number): number {
    return changed < this.reliedOnBefore ? changed : Number.NaN
  }
}
