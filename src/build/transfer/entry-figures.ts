import type {FileTree} from '../../tree/model/file-tree.js'
import type {Transfer} from './predict-transfer.js'
import type {Selection} from './select-entries.js'

/** What is sent, with a figure for each slot of the selection. */
export interface SlotFigures {
  selection: Pick<Selection, 'entries'>
  transfer: Pick<Transfer, 'entryBytes'>
}

/** Figures by entry of a tree: 0 for what is not sent. */
export interface EntryFigures {
  /** 1 for an entry that is sent. */
  isSent: Uint8Array
  /** What the entry itself adds to the transfer. */
  bytes: Float64Array
}

/** Visits each slot of some transfers, in the order of each. */
export function visitSlots<One extends SlotFigures>(
  transfers: readonly One[],
  visit: (entry: number, slot: number, transfer: One) => void,
): void {
  for (const one of transfers) {
    const {entries} = one.selection
    for (let slot = 0; slot < entries.length; slot++) visit(entries[slot]!, slot, one)
  }
}

/**
 * Puts the figures of some transfers, which stand by slot, by entry of their tree.
 * @param combine makes one figure of two for the same entry: a sum over builds, or their largest
 */
export function placeFigures(
  tree: FileTree,
  transfers: readonly SlotFigures[],
  combine: (known: number, added: number) => number,
): EntryFigures {
  const isSent = new Uint8Array(tree.length)
  const bytes = new Float64Array(tree.length)
  for (const [position, {selection, transfer}] of transfers.entries()) {
    const {entries} = selection
    const {entryBytes} = transfer
    // Nearly always there is one build, and it sends everything.
    if (position === 0 && isEverything(tree, selection)) {
      isSent.fill(1)
      bytes.set(entryBytes)
      continue
    }
    for (let slot = 0; slot < entries.length; slot++) {
      const entry = entries[slot]!
      isSent[entry] = 1
      bytes[entry] = combine(bytes[entry]!, entryBytes[slot]!)
    }
  }
  return {isSent, bytes}
}

/** Whether a selection leaves out nothing: then slots and entries are the same. */
function isEverything(tree: FileTree, {entries}: Pick<Selection, 'entries'>): boolean {
  return entries.length === tree.length
}

/** Marks the entries of a selection: 1 for one that is in it. */
export function markEntries(tree: FileTree, {entries}: Pick<Selection, 'entries'>): Uint8Array {
  const marks = new Uint8Array(tree.length)
  if (isEverything(tree, {entries})) return marks.fill(1)
  for (let slot = 0; slot < entries.length; slot++) marks[entries[slot]!] = 1
  return marks
}

/** Sums figures, over the builds that send an entry. */
export function sum(known: number, added: number): number {
  return known + added
}
