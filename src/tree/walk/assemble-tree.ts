import {FileTree, makeRoom, ROOT} from '../model/file-tree.js'
import {FATE} from './index/refreshed-entries.js'
import type {RefreshedTree} from './index/refreshed-tree.js'
import type {WalkRecorder} from './index/walk-recorder.js'
import type {Batch} from './walk-batch.js'

/** Where a directory's entries stand: a listing of a batch by number, or the subtree of an entry of the refreshed tree. */
export type ListingPlace = {batch: Batch; listing: number} | {batch: null; entry: number}

/** All that a walk has read, in the order in which it came. */
export class WalkedBatches {
  entryCount = 0
  nameBytes = 0
  /** Entries that the last walk had not seen as they are. */
  changedCount = 0
  /** The listing of the context itself; null: nothing was read. */
  root: ListingPlace | null = null
  /** For a directory entry of a batch, or of the refreshed tree, where another batch lists it. */
  private readonly places = new Map<Batch | null, Map<number, ListingPlace>>()

  count({columns, changedCount}: Batch): void {
    this.entryCount += columns.length
    this.nameBytes += columns.nameStarts[columns.length]!
    this.changedCount += changedCount
  }

  /** Says where a directory is listed that a batch found, or the refreshed tree where that is null. */
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

/** One directory on the way: where its copying stands. */
interface Frame {
  /** Null: the refreshed tree, where a range holds whole subtrees. */
  batch: Batch | null
  next: number
  end: number
  /** The directory's index in the new tree. */
  parent: number
}

/**
 * Puts together in Docker's order what was read, and what was taken over from the last walk.
 * @param recorder notes for the next walk what was found; null: nothing is noted
 */
export function assembleTree(
  batches: WalkedBatches,
  refreshed: RefreshedTree | null,
  recorder: WalkRecorder | null,
): FileTree {
  return new Assembly(batches, refreshed, recorder).run()
}

class Assembly {
  private readonly tree: FileTree
  private readonly frames: Frame[] = []
  /** By entry of the refreshed tree: its entry in the new one. */
  private readonly places: Int32Array

  constructor(
    private readonly batches: WalkedBatches,
    private readonly refreshed: RefreshedTree | null,
    private readonly recorder: WalkRecorder | null,
  ) {
    const length = refreshed?.length ?? 0
    const nameBytes = refreshed?.columns.nameStarts[length] ?? 0
    const entries = batches.entryCount + length
    this.tree = new FileTree(makeRoom({entries, nameBytes: batches.nameBytes + nameBytes}))
    this.places = new Int32Array(length)
  }

  run(): FileTree {
    const {batches, frames, tree} = this
    if (batches.root !== null) this.open(batches.root, ROOT)
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      if (frame.next === frame.end) frames.pop()
      else if (frame.batch === null) this.takeOver(frame, this.refreshed!)
      else this.copyEntry(frame, frame.batch)
    }
    tree.closeAll()
    return tree
  }

  private open(place: ListingPlace, parent: number): void {
    if (place.batch === null) {
      const {entry} = place
      if (entry !== ROOT) this.places[entry] = parent
      const {ends, length} = this.refreshed!
      this.frames.push({batch: null, next: entry + 1, end: entry === ROOT ? length : ends[entry]!, parent})
      return
    }
    const {batch, listing} = place
    const {starts, ends, problems, unsettled} = batch.listings
    const problem = problems.get(listing)
    if (problem !== undefined && parent !== ROOT) this.tree.columns.addRare(parent, {unreadable: problem})
    if (unsettled.has(listing)) this.recorder?.distrust(parent)
    this.frames.push({batch, next: starts[listing]!, end: ends[listing]!, parent})
  }

  private copyEntry(frame: Frame, batch: Batch): void {
    const {tree, recorder} = this
    const entry = frame.next++
    const index = tree.append(batch.columns, entry, frame.parent)
    recorder?.add(index, batch.stamps, entry)
    if (tree.rareOf(index)?.nameBytes !== undefined) recorder?.distrust(frame.parent)
    if (tree.isDirectory(index)) this.openBelow(batch, entry, index)
  }

  /** Copies the refreshed tree up to the next entry below which it no longer counts, or that one. */
  private takeOver(frame: Frame, refreshed: RefreshedTree): void {
    const {tree, recorder, places} = this
    const start = frame.next
    const end = findBreak(refreshed.fates, start, frame.end)
    if (end > start) {
      recorder?.addRange(tree.length, refreshed.stamps, start, end)
      tree.appendRange(refreshed, start, end, places)
      frame.next = end
      return
    }
    frame.next = refreshed.ends[start]!
    if (refreshed.fates[start] === FATE.gone) return
    const index = tree.length
    recorder?.add(index, refreshed.stamps, start)
    tree.appendRange(refreshed, start, start + 1, places)
    if (tree.isDirectory(index)) this.openBelow(null, start, index)
  }

  private openBelow(finder: Batch | null, entry: number, index: number): void {
    const listing = this.batches.find(finder, entry)
    if (listing === undefined) this.recorder?.distrust(index)
    else this.open(listing, index)
  }
}

/** The first entry of a range that is not simply kept. */
function findBreak(fates: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && fates[at] === FATE.kept) at++
  return at
}
