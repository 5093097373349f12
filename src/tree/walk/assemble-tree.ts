import type {EntryColumns} from '../model/entry-columns.js'
import {isDirectoryMode} from '../model/file-mode.js'
import {type EntryTree, FileTree, makeRoom, ROOT} from '../model/file-tree.js'
import type {EntryStamps} from './entry-stamps.js'
import type {Batch} from './walk-batch.js'

/** Entries of an earlier walk that are copied. */
export interface KnownTree extends EntryTree {
  readonly length: number
  readonly ends: Uint32Array
  readonly stamps: EntryStamps
  /** Returns the first entry of a range that cannot be taken over with all below it; else the end. */
  findBreak(start: number, end: number): number
  isGone(entry: number): boolean
}

/** Notes for the next walk what the entries of a tree were. */
export interface EntryNotes {
  add(index: number, stamps: EntryStamps, entry: number): void
  /** Notes entries that stand together, from `index` on. */
  addRange(index: number, stamps: EntryStamps, start: number, end: number): void
  /** A directory is to be read again. */
  distrust(directory: number): void
}

/** Where a directory's entries stand: a listing of a batch by number, or the subtree of an entry of the known tree. */
export type ListingPlace = {batch: Batch; listing: number} | {batch: null; entry: number}

/** All that a walk has read, in the order in which it came. */
export class WalkedBatches {
  entryCount = 0
  nameBytes = 0
  /** Entries that the last walk had not seen as they are. */
  changedCount = 0
  /** The listing of the context itself; null: nothing was read. */
  root: ListingPlace | null = null
  /** For a directory entry of a batch, or of the known tree, where another batch lists it. */
  private readonly places = new Map<Batch | null, Map<number, ListingPlace>>()

  count({columns, changedCount}: Batch): void {
    this.entryCount += columns.length
    this.nameBytes += columns.nameStarts[columns.length]!
    this.changedCount += changedCount
  }

  /** Notes where a directory is listed that a batch found, or the known tree where that is null. */
  place(finder: Batch | null, entry: number, listing: ListingPlace): void {
    if (entry === ROOT) {
      this.root = listing
      return
    }
    const places = this.places.get(finder) ?? new Map<number, ListingPlace>()
    this.places.set(finder, places.set(entry, listing))
  }

  /** Where a directory is listed; undefined for one that was not entered. */
  find(finder: Batch | null, entry: number): ListingPlace | undefined {
    const own = finder === null ? 0 : finder.listingOfEntry[entry]!
    return own === 0 ? this.places.get(finder)?.get(entry) : {batch: finder!, listing: own - 1}
  }

  /** Why the context itself could not be read to its end, as an error code. */
  get problem(): string | null {
    return this.root?.batch ? (this.root.batch.listings.problems.get(this.root.listing) ?? null) : null
  }
}

/** A directory that is being copied, and how far. */
interface Frame {
  /** Null: the known tree, where a range holds whole subtrees. */
  batch: Batch | null
  next: number
  end: number
  /** The directory's index in the new tree. */
  parent: number
}

/**
 * Puts together in Docker's order what was read, and what was taken over from the last walk.
 * @param notes null: nothing is noted for the next walk
 */
export function assembleTree(
  batches: WalkedBatches,
  known: KnownTree | null,
  notes: EntryNotes | null,
): FileTree {
  return new Assembly(batches, known, notes).run()
}

class Assembly {
  private readonly tree: FileTree
  private readonly frames: Frame[] = []
  /** By entry of the known tree: its entry in the new one. */
  private readonly places: Int32Array

  constructor(
    private readonly batches: WalkedBatches,
    private readonly known: KnownTree | null,
    private readonly notes: EntryNotes | null,
  ) {
    const length = known?.length ?? 0
    const nameBytes = known?.columns.nameStarts[length] ?? 0
    const entries = batches.entryCount + length
    this.tree = new FileTree(makeRoom({entries, nameBytes: batches.nameBytes + nameBytes}))
    this.places = new Int32Array(length)
  }

  run(): FileTree {
    const {batches, frames, tree} = this
    if (batches.root !== null) this.open(batches.root, ROOT)
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      if (frame.next === frame.end) frames.pop()
      else if (frame.batch === null) this.takeOver(frame, this.known!)
      else this.copyEntries(frame, frame.batch)
    }
    tree.closeAll()
    return tree
  }

  private open(place: ListingPlace, parent: number): void {
    if (place.batch === null) {
      const {entry} = place
      if (entry !== ROOT) this.places[entry] = parent
      const {ends, length} = this.known!
      this.frames.push({batch: null, next: entry + 1, end: entry === ROOT ? length : ends[entry]!, parent})
      return
    }
    const {batch, listing} = place
    const {starts, ends, problems, unsettled} = batch.listings
    const problem = problems.get(listing)
    if (problem !== undefined && parent !== ROOT) this.tree.columns.addRare(parent, {unreadable: problem})
    if (unsettled.has(listing)) this.notes?.distrust(parent)
    this.frames.push({batch, next: starts[listing]!, end: ends[listing]!, parent})
  }

  /** Copies what stands before the next directory, or that directory. */
  private copyEntries(frame: Frame, batch: Batch): void {
    const {tree, notes} = this
    const {columns, stamps} = batch
    const start = frame.next
    const end = findDirectory(columns, start, frame.end)
    if (end > start) {
      notes?.addRange(tree.length, stamps, start, end)
      tree.appendFiles(columns, start, end, frame.parent)
      frame.next = end
      if (hasLossyName(columns, start, end)) notes?.distrust(frame.parent)
      return
    }
    frame.next++
    const index = tree.append(columns, start, frame.parent)
    notes?.add(index, stamps, start)
    if (hasLossyName(columns, start, start + 1)) notes?.distrust(frame.parent)
    this.openBelow(batch, start, index)
  }

  /** Copies the known tree up to the next entry below which it no longer counts, or that one. */
  private takeOver(frame: Frame, known: KnownTree): void {
    const {tree, notes, places} = this
    const start = frame.next
    const end = known.findBreak(start, frame.end)
    if (end > start) {
      notes?.addRange(tree.length, known.stamps, start, end)
      tree.appendRange(known, start, end, places)
      frame.next = end
      return
    }
    frame.next = known.ends[start]!
    if (known.isGone(start)) return
    const index = tree.length
    notes?.add(index, known.stamps, start)
    tree.appendRange(known, start, start + 1, places)
    if (tree.isDirectory(index)) this.openBelow(null, start, index)
  }

  private openBelow(finder: Batch | null, entry: number, index: number): void {
    const listing = this.batches.find(finder, entry)
    if (listing === undefined) this.notes?.distrust(index)
    else this.open(listing, index)
  }
}

/** The first directory of a range; its end if there is none. */
function findDirectory({modes}: EntryColumns, start: number, end: number): number {
  let entry = start
  while (entry < end && !isDirectoryMode(modes[entry]!)) entry++
  return entry
}

/** Whether one of some entries has a name that is not valid UTF-8. */
function hasLossyName({rare}: EntryColumns, start: number, end: number): boolean {
  if (rare.size === 0) return false
  for (let entry = start; entry < end; entry++) if (rare.get(entry)?.nameBytes !== undefined) return true
  return false
}
