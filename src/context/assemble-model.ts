import {ContextModel, ROOT} from './context-model.js'
import type {Batch} from './walk-batch.js'
import type {WalkRecorder} from './walk-recorder.js'

/** Where a directory's entries stand: the listing of this number in the batch. */
export interface ListingPlace {
  batch: Batch
  listing: number
}

/** All that a walk has read, in the order in which it came. */
export class WalkedBatches {
  entryCount = 0
  nameBytes = 0
  /** Entries that were as the last walk saw them. */
  unchangedCount = 0
  /** The listing of the context itself; null: nothing was read. */
  root: ListingPlace | null = null
  /** For a directory entry of a batch, where another batch lists it. */
  private readonly places = new Map<Batch, Map<number, ListingPlace>>()

  count({columns, unchangedCount}: Batch): void {
    this.entryCount += columns.length
    this.nameBytes += columns.nameStarts[columns.length]!
    this.unchangedCount += unchangedCount
  }

  /** Says where a directory is listed that another batch found; the batch is null for the context itself. */
  place(finder: Batch | null, entry: number, listing: ListingPlace): void {
    if (finder === null) {
      this.root = listing
      return
    }
    const places = this.places.get(finder) ?? new Map<number, ListingPlace>()
    this.places.set(finder, places.set(entry, listing))
  }

  /** Where a directory is listed; undefined for one that was not entered. */
  find(finder: Batch, entry: number): ListingPlace | undefined {
    const own = finder.listingOfEntry.get(entry)
    return own === undefined ? this.places.get(finder)?.get(entry) : {batch: finder, listing: own}
  }

  /** Why the context itself could not be read to its end, as an error code. */
  get problem(): string | null {
    return this.root === null ? null : this.root.batch.listings[this.root.listing]!.problem
  }
}

/** One directory on the way: where its copying stands. */
interface Frame {
  batch: Batch
  next: number
  end: number
  /** The directory's index in the model. */
  parent: number
}

/** Puts the listings together in Docker's order, and notes for the next walk what was found. */
export function assembleModel(batches: WalkedBatches, recorder: WalkRecorder | null): ContextModel {
  const {entryCount, nameBytes, root} = batches
  const model = new ContextModel({entries: entryCount, nameBytes})
  const frames: Frame[] = []
  const open = ({batch, listing}: ListingPlace, parent: number): void => {
    const {start, end, problem} = batch.listings[listing]!
    if (problem !== null && parent !== ROOT) model.columns.addRare(parent, {unreadable: problem})
    if (problem !== null) recorder?.distrust(parent)
    frames.push({batch, next: start, end, parent})
  }
  if (root !== null) open(root, ROOT)
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    if (frame.next === frame.end) {
      if (frame.parent !== ROOT) model.close(frame.parent)
      frames.pop()
      continue
    }
    const {batch} = frame
    const entry = frame.next++
    const index = model.append(batch.columns, entry, frame.parent)
    recorder?.add(index, batch.stamps, entry)
    if (model.rareOf(index)?.nameBytes !== undefined) recorder?.distrust(frame.parent)
    if (!model.isDirectory(index)) continue
    const listing = batches.find(batch, entry)
    if (listing === undefined) recorder?.distrust(index)
    else open(listing, index)
  }
  return model
}
