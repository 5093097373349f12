import {type EntryFigures, placeFigures, sum, visitSlots} from '../../build/transfer/entry-figures.js'
import {measureData, type Transfer} from '../../build/transfer/predict-transfer.js'
import type {Selection} from '../../build/transfer/select-entries.js'
import type {LoadOutcome} from '../../build/transfer/simulate-builder.js'
import {addSizes, type Sizes} from '../../report/sizes.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {type EntryKind, rollUpEntries} from '../figures/find-largest.js'
import {makeLazily} from '../figures/make-lazily.js'

/** The figures of a build that budgets and baselines read: its sizes, and the paths that make them up. */
export interface BuildFigures {
  /** Of the plan. */
  name: string
  /** Of all that the build transfers: the context and its named contexts. */
  sizes: Sizes
  /**
   * Paths that explain the sizes and do not overlap, as `largest` has them, in no order; those of named contexts begin with
   * `NAME:`. They are computed when they are first read: only violated budgets read them.
   */
  paths: Iterable<MeasuredPath>
  /** Paths that the suggestions ignore, computed when first read. They may lie in `paths` or contain some of them. */
  savings: Iterable<MeasuredPath>
  /** A few single entries, largest first. */
  largestEntries: readonly MeasuredPath[]
}

/** A path with all below it. */
export interface MeasuredPath {
  path: string
  transferBytes: number
  rebuildTransferBytes: number
  fileCount: number
}

const LARGEST_ENTRIES = 3

/** A context that a build reads, and what is sent of it. */
export interface SentContext {
  /** Stands before its paths: `NAME:` of a named context. */
  prefix: string
  tree: FileTree
  selection: Selection
  transfer: Transfer
  /** What crosses of it where the builder builds others, too. Default: all. */
  crossing?: LoadOutcome
  /** The kind of an entry in the catalogue. */
  kindOf: (entry: number) => EntryKind | null
}

/** What each entry adds to a build, and what lies below it. */
interface Amounts {
  figures: EntryFigures
  transferBytes: Float64Array
  rebuildTransferBytes: Float64Array
  fileCount: Uint32Array
}

/**
 * Measures a build as budgets and baselines look at it.
 * @param main its context
 * @param named its named contexts
 * @param savings entries of its context that can be ignored, each with all below it
 */
export function measureFigures(
  name: string,
  main: SentContext,
  named: readonly SentContext[],
  savings: readonly number[],
): BuildFigures {
  const contexts = [main, ...named]
  return {
    name,
    sizes: addSizes(contexts.map(({transfer, crossing}) => crossing?.sizes ?? transfer.sizes)),
    paths: makeLazily(() => contexts.flatMap(listPaths)),
    savings: makeLazily(() => {
      const amounts = measureAmounts(main)
      return savings.map((entry) => describePath(main, amounts, entry))
    }),
    largestEntries: contexts.flatMap(listLargestEntries).sort(bySize).slice(0, LARGEST_ENTRIES),
  }
}

function measureAmounts(sent: SentContext): Amounts {
  const {tree} = sent
  const entryBytes = entryBytesOf(sent)
  const figures = placeFigures(tree, [{...sent, transfer: {entryBytes}}], sum)
  const transferBytes = figures.bytes.slice()
  const rebuildTransferBytes = new Float64Array(tree.length)
  const fileCount = new Uint32Array(tree.length)
  visitSlots([sent], (entry, slot) => {
    const amounts = measureSlot(sent, slot)
    rebuildTransferBytes[entry] = amounts.rebuildTransferBytes
    fileCount[entry] = amounts.fileCount
  })
  for (const column of [transferBytes, rebuildTransferBytes, fileCount]) tree.sumSubtrees(column)
  return {figures, transferBytes, rebuildTransferBytes, fileCount}
}

/** What each slot adds. */
function entryBytesOf({transfer, crossing}: SentContext): Float64Array {
  if (crossing === undefined) return transfer.entryBytes
  return crossing.entryBytes ?? new Float64Array(transfer.entryBytes.length)
}

/** What the entry at a slot adds by itself. */
function measureSlot(sent: SentContext, slot: number): Omit<MeasuredPath, 'path'> {
  const {tree, selection, transfer, crossing} = sent
  const entry = selection.entries[slot]!
  const whole = transfer.entryBytes[slot]!
  const transferBytes = crossing === undefined ? whole : (crossing.entryBytes?.[slot] ?? 0)
  const isLaterLink = transfer.hardLinks.has(entry)
  const dataBytes = isLaterLink ? 0 : measureData(tree, entry, slot, selection.arrivesEmpty)
  const again = crossing?.entryBytes === null ? 0 : (crossing?.againBytes?.[slot] ?? whole - dataBytes)
  const fileCount = tree.isFile(entry) && transferBytes === whole ? 1 : 0
  return {transferBytes, rebuildTransferBytes: again, fileCount}
}

function listPaths(sent: SentContext): MeasuredPath[] {
  const amounts = measureAmounts(sent)
  const entries = rollUpEntries(sent.tree, amounts.figures, {kindOf: sent.kindOf})
  return entries.map((entry) => describePath(sent, amounts, entry))
}

function listLargestEntries(sent: SentContext): MeasuredPath[] {
  const {prefix, tree, selection} = sent
  const {entries} = selection
  const entryBytes = entryBytesOf(sent)
  const largest: number[] = []
  for (let slot = 0; slot < entries.length; slot++) {
    const smallest = largest.at(-1)
    if (tree.isDirectory(entries[slot]!)) continue
    if (largest.length === LARGEST_ENTRIES && entryBytes[slot]! <= entryBytes[smallest!]!) continue
    largest.push(slot)
    largest.sort((a, b) => entryBytes[b]! - entryBytes[a]!)
    if (largest.length > LARGEST_ENTRIES) largest.pop()
  }
  return largest.map((slot) => ({
    path: `${prefix}${tree.pathOf(entries[slot]!)}`,
    ...measureSlot(sent, slot),
  }))
}

function describePath({prefix, tree}: SentContext, amounts: Amounts, entry: number): MeasuredPath {
  return {
    path: `${prefix}${tree.pathOf(entry)}`,
    transferBytes: amounts.transferBytes[entry]!,
    rebuildTransferBytes: amounts.rebuildTransferBytes[entry]!,
    fileCount: amounts.fileCount[entry]!,
  }
}

function bySize(a: MeasuredPath, b: MeasuredPath): number {
  return b.transferBytes - a.transferBytes || (a.path < b.path ? -1 : 1)
}
