import {predictTransfer, type Transfer} from '../../build/transfer/predict-transfer.js'
import {type Selection, selectEntries} from '../../build/transfer/select-entries.js'
import type {LoadOutcome} from '../../build/transfer/simulate-builder.js'
import type {EntryFilter} from '../../build/transfer/visit-entries.js'
import {CHUNK_BYTES} from '../../build/transfer/wire-format.js'
import type {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {varintBytes} from '../../tree/model/entry-columns.js'
import {MODE} from '../../tree/model/file-mode.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {findSlot} from '../../tree/model/find-slot.js'

/** One build's transfer, as it was measured. */
export interface MeasuredTransfer {
  filter: EntryFilter
  selection: Selection
  transfer: Transfer
}

/** What a transfer falls by. */
export interface Fall {
  bytes: number
  /** On a builder that has built others before, or builds them at the same time. */
  crossingBytes: number
}

/** A stretch of the selection: its first slot, and the one behind its last. */
type Range = readonly [start: number, end: number]

/** Sums over the entries before a slot, from 0 to behind the last one. */
interface RunningSums {
  bytes: Float64Array
  /** Data packets. */
  packets: Float64Array
}

/** Slots from which an entry's number takes more bytes in each data packet, and how many. */
const STEPS: readonly (readonly [slot: number, bytes: number])[] = [
  [1, 1 + varintBytes(1)],
  [128, 1],
  [16_384, 1],
  [2_097_152, 1],
  [268_435_456, 1],
]

/** Tells exactly what a transfer falls by when subtrees leave it, without measuring the rest anew. */
export class PlanFigures {
  private sums: RunningSums | null = null
  /** Slots that may be summed one by one before sums of all of them are made. */
  private slotsLeft: number

  constructor(
    private readonly tree: FileTree,
    readonly measured: MeasuredTransfer,
    /** What crosses of it where the builder has built others. Default: all. */
    private readonly crossing?: LoadOutcome,
  ) {
    this.slotsLeft = measured.selection.entries.length
  }

  /** How much the transfer falls once these subtrees are out of it whole. */
  measureFall(roots: readonly number[]): Fall {
    const ranges = this.withEmptiedParents(this.rangesOf(roots), roots)
    const bytes = this.splitsHardLinks(ranges)
      ? this.measureAnew(ranges)
      : this.sumRanges(ranges) + this.sumShifts(ranges)
    return {bytes, crossingBytes: this.isAllCrossing ? bytes : this.sumCrossing(ranges)}
  }

  /** How much it falls with other rules, measured anew: for subtrees that negations bring back in part. */
  measureFallWith(ignore: IgnoreRules): Fall {
    const selection = selectEntries(this.tree, {...this.measured.filter, ignore})
    const bytes = this.fallTo(selection)
    return {bytes, crossingBytes: this.isAllCrossing ? bytes : this.sumCrossingBut(selection)}
  }

  private get isAllCrossing(): boolean {
    return this.crossing === undefined || this.crossing.entryBytes === this.measured.transfer.entryBytes
  }

  /** To some bytes: what moves up in number may take fewer, and that is not counted here. */
  private sumCrossing(ranges: readonly Range[]): number {
    const entryBytes = this.crossing?.entryBytes
    if (entryBytes == null) return 0
    let sum = 0
    for (const [start, end] of ranges) for (let slot = start; slot < end; slot++) sum += entryBytes[slot]!
    return sum
  }

  private sumCrossingBut({entries: staying}: Selection): number {
    const entryBytes = this.crossing?.entryBytes
    if (entryBytes == null) return 0
    const {entries} = this.measured.selection
    let sum = 0
    for (let slot = 0, other = 0; slot < entries.length; slot++) {
      while (other < staying.length && staying[other]! < entries[slot]!) other++
      if (staying[other] !== entries[slot]) sum += entryBytes[slot]!
    }
    return sum
  }

  private fallTo(selection: Selection): number {
    return (
      this.measured.transfer.sizes.transferBytes - predictTransfer(this.tree, selection).sizes.transferBytes
    )
  }

  /** Bytes of a range. */
  private sumBytes(start: number, end: number): number {
    const sums = this.sumsFor(start, end)
    if (sums !== null) return sums.bytes[end]! - sums.bytes[start]!
    const {entryBytes} = this.measured.transfer
    let sum = 0
    for (let slot = start; slot < end; slot++) sum += entryBytes[slot]!
    return sum
  }

  /** Data packets of a range. */
  private sumPackets(start: number, end: number): number {
    const sums = this.sumsFor(start, end)
    if (sums !== null) return sums.packets[end]! - sums.packets[start]!
    const {entries} = this.measured.selection
    let sum = 0
    for (let slot = start; slot < end; slot++) sum += this.packetsOf(entries[slot]!)
    return sum
  }

  /** Running sums, once more has been asked for than the whole selection: a million entries take 16 MB. */
  private sumsFor(start: number, end: number): RunningSums | null {
    this.slotsLeft -= end - start
    if (this.sums === null && this.slotsLeft < 0) this.sums = this.createSums()
    return this.sums
  }

  private createSums(): RunningSums {
    const {entries} = this.measured.selection
    const {entryBytes} = this.measured.transfer
    const {length} = entries
    const bytes = new Float64Array(length + 1)
    const packets = new Float64Array(length + 1)
    for (let slot = 0; slot < length; slot++) {
      bytes[slot + 1] = bytes[slot]! + entryBytes[slot]!
      packets[slot + 1] = packets[slot]! + this.packetsOf(entries[slot]!)
    }
    return {bytes, packets}
  }

  private packetsOf(entry: number): number {
    const {tree, measured} = this
    if (tree.modeOf(entry) & (MODE.dir | MODE.symlink | MODE.device | MODE.pipe)) return 0
    if (measured.transfer.hardLinks.has(entry)) return 0
    const size = measured.selection.arrivesEmpty.has(entry) ? 0 : tree.sizeOf(entry)
    return Math.ceil(size / CHUNK_BYTES) + 1
  }

  private rangesOf(roots: readonly number[]): Range[] {
    const ranges = roots.map((root): Range => [this.slotOf(root), this.slotOf(this.tree.endOf(root))])
    return mergeRanges(ranges)
  }

  /** The first slot in the selection at or behind an entry. */
  private slotOf(entry: number): number {
    return findSlot(this.measured.selection.entries, entry)
  }

  /** A directory that is sent only for the sake of what lies in it goes with the last of that. */
  private withEmptiedParents(ranges: readonly Range[], roots: readonly number[]): readonly Range[] {
    let all = ranges
    for (const root of roots) {
      if (this.isUnsent(root)) continue
      for (let parent = this.tree.parentOf(root); parent >= 0; parent = this.tree.parentOf(parent)) {
        const start = this.slotOf(parent)
        const end = this.slotOf(this.tree.endOf(parent))
        const isEmptied = start + 1 >= end || findRangeAround(all, start + 1)[1] >= end
        if (!isEmptied || !this.isSentForOthers(parent)) break
        all = mergeRanges([...all, [start, end]])
      }
    }
    return all
  }

  /** Nothing of a subtree is sent. */
  private isUnsent(root: number): boolean {
    return this.slotOf(root) === this.slotOf(this.tree.endOf(root))
  }

  private isSentForOthers(directory: number): boolean {
    const {requested, ignore} = this.measured.filter
    if (requested === null && !ignore?.hasNegations) return false
    const path = this.tree.pathOf(directory)
    return requested?.matchPath(path).matched === false || ignore?.matchPath(path).matched === true
  }

  private sumRanges(ranges: readonly Range[]): number {
    return ranges.reduce((sum, [start, end]) => sum + this.sumBytes(start, end), 0)
  }

  /** Those behind move up, and a smaller number may take fewer bytes in each packet. */
  private sumShifts(ranges: readonly Range[]): number {
    const count = this.measured.selection.entries.length
    let removed = 0
    let sum = 0
    for (const [position, [start, end]] of ranges.entries()) {
      removed += end - start
      const next = ranges[position + 1]?.[0] ?? count
      for (const [slot, bytes] of STEPS) {
        const from = Math.max(slot, end)
        const to = Math.min(slot + removed, next)
        if (from < to) sum += bytes * this.sumPackets(from, to)
      }
    }
    return sum
  }

  /** The content of a file goes with its first link: if that leaves and another stays, figures move about. */
  private splitsHardLinks(ranges: readonly Range[]): boolean {
    for (const [later, first] of this.measured.transfer.hardLinks) {
      if (this.isIn(ranges, first) && !this.isIn(ranges, later)) return true
    }
    return false
  }

  private isIn(ranges: readonly Range[], entry: number): boolean {
    const slot = this.slotOf(entry)
    return slot < findRangeAround(ranges, slot)[1]
  }

  private measureAnew(ranges: readonly Range[]): number {
    const {selection} = this.measured
    const entries = selection.entries.filter((_, slot) => slot >= findRangeAround(ranges, slot)[1])
    return this.fallTo({...selection, entries})
  }
}

const NO_RANGE: Range = [0, 0]

/** The last of some merged ranges that begins at or before a slot: what it may lie in; an empty one if there is none. */
function findRangeAround(ranges: readonly Range[], slot: number): Range {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ranges[middle]![0] <= slot) low = middle + 1
    else high = middle
  }
  return ranges[low - 1] ?? NO_RANGE
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const range of ranges.toSorted((one, other) => one[0] - other[0])) {
    const last = merged.at(-1)
    if (range[0] >= range[1]) continue
    if (last && range[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])]
    else merged.push(range)
  }
  return merged
}
