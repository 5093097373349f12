import {DistinctNames} from './distinct-names.js'
import {EntryColumns, type RareFacts} from './entry-columns.js'
import {type EntryType, entryTypeOf, isDirectoryMode, MODE} from './file-mode.js'

/** The parent of the entries at the root. */
export const ROOT = -1

const NOT_A_FILE = MODE.dir | MODE.symlink | MODE.device | MODE.pipe

/** A directory's children are looked through faster than so many bearers of a name. */
const MANY_BEARERS = 32

/** Entries in Docker's order: each directory followed by all that lies below it. */
export interface EntryTree {
  columns: EntryColumns
  /** By entry: the directory that holds it, or `ROOT`. */
  parents: Int32Array
  /** By entry: behind the last one of its subtree. */
  ends: Uint32Array
  /** By entry: the number of its name, as `DistinctNames` gave it. Default: worked out when first asked for. */
  nameNumbers?: Uint32Array | null
}

/** An empty tree with room for that many entries, and bytes of their names; more come in by doubling. */
export function makeRoom(capacity: {entries: number; nameBytes: number}): EntryTree {
  const columns = new EntryColumns(capacity)
  return {columns, parents: new Int32Array(capacity.entries), ends: new Uint32Array(capacity.entries)}
}

/**
 * A build context: its entries in Docker's order (each directory's children sorted by name as bytes, a directory
 * followed at once by its contents). A subtree is the range `entry … endOf(entry)`.
 */
export class FileTree {
  readonly columns: EntryColumns
  private parents: Int32Array
  private ends: Uint32Array
  private nameNumbers: Uint32Array | null
  private distinctNames: DistinctNames | null = null
  private bytesOfPaths: Uint32Array | null = null
  /** The directory that was looked for last: paths beside each other are asked about in turn. */
  private lastDirectory: {path: string; entry: number | undefined} | null = null

  /** @param tree what is there already */
  constructor(tree: EntryTree = makeRoom({entries: 64, nameBytes: 1024})) {
    this.columns = tree.columns
    this.parents = tree.parents
    this.ends = tree.ends
    this.nameNumbers = tree.nameNumbers ?? null
  }

  get length(): number {
    return this.columns.length
  }

  /** Appends a copy of an entry; what lies below it must follow, and `closeAll` in the end. */
  append(source: EntryColumns, sourceEntry: number, parent: number): number {
    const entry = this.columns.copyFrom(source, sourceEntry)
    if (entry === this.parents.length) this.grow()
    this.forgetNames()
    this.parents[entry] = parent
    this.ends[entry] = entry + 1
    return entry
  }

  /**
   * Appends entries that stand together elsewhere, none of them a directory. There must be room for them, and `closeAll`
   * must follow.
   */
  appendFiles(source: EntryColumns, start: number, end: number, parent: number): void {
    const at = this.length
    this.columns.copyRange(source, start, end)
    this.forgetNames()
    this.parents.fill(parent, at, this.length)
  }

  /** Takes the last entries off again. */
  truncate(length: number): void {
    for (const index of [...this.columns.rare.keys()]) if (index >= length) this.columns.rare.delete(index)
    this.columns.length = length
    this.forgetNames()
  }

  /**
   * Appends entries that stand together in another tree, as they are. There must be room for them, and `closeAll` must
   * follow.
   * @param places where each of the tree's entries stands here; those of the appended ones are noted
   */
  appendRange({columns, parents}: EntryTree, start: number, end: number, places: Int32Array): void {
    const shift = this.length - start
    this.columns.copyRange(columns, start, end)
    this.forgetNames()
    for (let entry = start; entry < end; entry++) {
      const parent = parents[entry]!
      places[entry] = entry + shift
      this.parents[entry + shift] = parent === ROOT ? ROOT : places[parent]!
    }
  }

  /** Ends every subtree: behind the last entry that has the directory above it. */
  closeAll(): void {
    const {ends, parents, length} = this
    for (let entry = 0; entry < length; entry++) ends[entry] = entry + 1
    for (let entry = length - 1; entry >= 0; entry--) {
      const parent = parents[entry]!
      if (parent !== ROOT && ends[parent]! < ends[entry]!) ends[parent] = ends[entry]!
    }
  }

  /** A copy whose figures may be changed. */
  copy(): FileTree {
    const copy = new FileTree(makeRoom(this.capacityFor(0, 0)))
    copy.copyRange(this, 0, this.length)
    copy.distinctNames = this.distinctNames
    copy.bytesOfPaths = this.bytesOfPaths
    return copy
  }

  /**
   * A copy with one more entry, of which only the name is known.
   * @param place the entry in the copy: a child of `parent` stands there now, or its subtree ends there
   */
  withEntry(place: number, parent: number, name: string): FileTree {
    const copy = new FileTree(makeRoom(this.capacityFor(1, Buffer.byteLength(name))))
    copy.copyRange(this, 0, place)
    const added = new EntryColumns()
    added.push(name, {mode: 0, size: 0, modified: 0, modifiedBytes: 0})
    copy.append(added, 0, parent)
    copy.copyRange(this, place, this.length)
    const {ends, parents, length} = copy
    for (let entry = 0; entry < place; entry++) if (ends[entry]! > place) ends[entry]!++
    // A directory that holds the entry may have ended just there.
    for (let at = parent; at !== ROOT; at = this.parents[at]!) ends[at] = this.ends[at]! + 1
    for (let entry = place + 1; entry < length; entry++) {
      ends[entry]!++
      if (parents[entry]! >= place) parents[entry]!++
    }
    copy.distinctNames = this.distinctNames?.withEntry(copy.columns, place) ?? null
    const pathBytes = (parent === ROOT ? 0 : this.pathBytes[parent]! + 1) + copy.nameBytesOf(place)
    copy.bytesOfPaths = insert(this.pathBytes, place, pathBytes)
    return copy
  }

  parentOf(entry: number): number {
    return this.parents[entry]!
  }

  /** The entry behind the last one of the subtree. */
  endOf(entry: number): number {
    return entry === ROOT ? this.length : this.ends[entry]!
  }

  /** The names without their repetitions, worked out when first asked for. */
  get names(): DistinctNames {
    this.distinctNames ??=
      this.nameNumbers === null
        ? DistinctNames.of(this.columns)
        : DistinctNames.numbered(this.columns, this.nameNumbers)
    return this.distinctNames
  }

  /** By entry: the length of its path in bytes of UTF-8, worked out when first asked for. Not to be changed. */
  get pathBytes(): Uint32Array {
    this.bytesOfPaths ??= this.measurePaths()
    return this.bytesOfPaths
  }

  /** Entries stand behind their parents, so one pass does it. */
  private measurePaths(): Uint32Array {
    const {length, parents} = this
    const {nameStarts} = this.columns
    const pathBytes = new Uint32Array(length)
    for (let entry = 0; entry < length; entry++) {
      const parent = parents[entry]!
      const name = nameStarts[entry + 1]! - nameStarts[entry]!
      pathBytes[entry] = parent < 0 ? name : pathBytes[parent]! + 1 + name
    }
    return pathBytes
  }

  nameOf(entry: number): string {
    const {names} = this
    return names.textOf(names.numberOf(entry))
  }

  /** The path relative to the context, `/`-separated. */
  pathOf(entry: number): string {
    if (entry === ROOT) return ''
    let path = this.nameOf(entry)
    for (let at = this.parentOf(entry); at !== ROOT; at = this.parentOf(at))
      path = `${this.nameOf(at)}/${path}`
    return path
  }

  /** The path as it stands on disk, valid UTF-8 or not. */
  pathBytesOf(entry: number): Uint8Array {
    const names: Uint8Array[] = []
    for (let at = entry; at !== ROOT; at = this.parentOf(at)) {
      names.unshift(this.columns.nameBytesOf(at))
      if (this.parentOf(at) !== ROOT) names.unshift(Buffer.from('/'))
    }
    return Buffer.concat(names)
  }

  /** Tells whether the path as text is not what stands on disk. */
  isPathLossy(entry: number): boolean {
    if (this.columns.rare.size === 0) return false
    for (let at = entry; at !== ROOT; at = this.parentOf(at)) {
      if (this.columns.rare.get(at)?.nameBytes !== undefined) return true
    }
    return false
  }

  modeOf(entry: number): number {
    return this.columns.modes[entry]!
  }

  typeOf(entry: number): EntryType {
    return entryTypeOf(this.columns.modes[entry]!)
  }

  isDirectory(entry: number): boolean {
    return isDirectoryMode(this.columns.modes[entry]!)
  }

  /** A regular file, a hard link among them. */
  isFile(entry: number): boolean {
    return (this.columns.modes[entry]! & NOT_A_FILE) === 0
  }

  sizeOf(entry: number): number {
    return this.columns.sizes[entry]!
  }

  modifiedOf(entry: number): number {
    return this.columns.modified[entry]!
  }

  /** Length of the name in bytes of UTF-8. */
  nameBytesOf(entry: number): number {
    return this.columns.nameStarts[entry + 1]! - this.columns.nameStarts[entry]!
  }

  modifiedBytesOf(entry: number): number {
    return this.columns.modifiedBytes[entry]!
  }

  /** Facts that few entries have; undefined for most. */
  rareOf(entry: number): RareFacts | undefined {
    const {rare} = this.columns
    return rare.size === 0 ? undefined : rare.get(entry)
  }

  /** The entries with rare facts. */
  rareEntries(): Iterable<number> {
    return this.columns.rare.keys()
  }

  /** Adds to each directory's figure those of all below it. Entries stand behind their parents: one pass from the end does it. */
  sumSubtrees(figures: Float64Array | Uint32Array): void {
    const {parents} = this
    for (let entry = this.length - 1; entry >= 0; entry--) {
      const parent = parents[entry]!
      if (parent !== ROOT) figures[parent]! += figures[entry]!
    }
  }

  /** The direct children of a directory as a list, which is made faster than a generator gives them. */
  listChildren(directory: number): Uint32Array {
    const children: number[] = []
    const end = this.endOf(directory)
    for (let entry = directory + 1; entry < end; entry = this.ends[entry]!) children.push(entry)
    return Uint32Array.from(children)
  }

  /** The direct children of a directory, in order. */
  *childrenOf(directory: number): Generator<number> {
    const end = this.endOf(directory)
    for (let entry = directory + 1; entry < end; entry = this.endOf(entry)) yield entry
  }

  /** The entry at a path, -1 if there is none. */
  find(path: string): number {
    const slash = path.lastIndexOf('/')
    const directory = slash < 0 ? ROOT : this.findDirectory(path.slice(0, slash))
    return directory === undefined ? -1 : (this.findChild(directory, path.slice(slash + 1)) ?? -1)
  }

  /** The entries of this name wherever they stand, in order. Not to be changed. */
  entriesNamed(name: string): ArrayLike<number> & Iterable<number> {
    const {names} = this
    // A name that is not valid UTF-8 is found by its text.
    if (isLossy(name)) return names.bearersOfAny(names.filter((one) => one === name))
    const number = names.find(Buffer.from(name))
    return number < 0 ? [] : names.bearersOf(number)
  }

  private findDirectory(path: string): number | undefined {
    if (this.lastDirectory?.path === path) return this.lastDirectory.entry
    let found: number | undefined = ROOT
    for (const name of path.split('/')) {
      found = this.findChild(found, name)
      if (found === undefined) break
    }
    this.lastDirectory = {path, entry: found}
    return found
  }

  private findChild(directory: number, name: string): number | undefined {
    if (isLossy(name) || this.distinctNames === null) return this.searchChild(directory, name)
    const number = this.distinctNames.numberNamed(name)
    // Most names that are looked for occur nowhere, and of the others most occur once or twice.
    if (number < 0) return undefined
    const bearers = this.distinctNames.bearersOf(number)
    if (bearers.length > MANY_BEARERS) return this.searchChild(directory, name)
    return bearers.find((entry) => this.parents[entry] === directory)
  }

  private searchChild(directory: number, name: string): number | undefined {
    const isLossyName = isLossy(name)
    const bytes = Buffer.from(name)
    const end = this.endOf(directory)
    for (let entry = directory + 1; entry < end; entry = this.ends[entry]!) {
      if (isLossyName ? this.columns.nameOf(entry) === name : this.columns.isNamed(entry, bytes)) return entry
    }
    return undefined
  }

  /** What was worked out of names and paths counts no longer. */
  private forgetNames(): void {
    this.nameNumbers = null
    this.distinctNames = null
    this.bytesOfPaths = null
    this.lastDirectory = null
  }

  private capacityFor(moreEntries: number, moreNameBytes: number): {entries: number; nameBytes: number} {
    const nameBytes = this.columns.nameStarts[this.length]!
    return {entries: this.length + moreEntries, nameBytes: nameBytes + moreNameBytes}
  }

  /** Appends entries of another tree as they are; there must be room for them. */
  private copyRange(source: FileTree, start: number, end: number): void {
    const at = this.length
    this.columns.copyRange(source.columns, start, end)
    this.parents.set(source.parents.subarray(start, end), at)
    this.ends.set(source.ends.subarray(start, end), at)
  }

  private grow(): void {
    const parents = new Int32Array(Math.max(64, this.parents.length * 2))
    parents.set(this.parents)
    this.parents = parents
    const ends = new Uint32Array(Math.max(64, this.ends.length * 2))
    ends.set(this.ends)
    this.ends = ends
  }
}

/** A copy of a column with one more value. */
function insert(column: Uint32Array, place: number, value: number): Uint32Array {
  const copy = new Uint32Array(column.length + 1)
  copy.set(column.subarray(0, place))
  copy[place] = value
  copy.set(column.subarray(place), place + 1)
  return copy
}

/** Whether a name may stand for bytes that are not valid UTF-8: it has a replacement character in their place. */
function isLossy(name: string): boolean {
  return name.includes('\uFFFD')
}
