import type {SuggestedLine} from '../../advice/suggest/suggest-lines.js'
import {measureData} from '../../build/transfer/predict-transfer.js'
import type {BuildFigures, MeasuredPath} from '../../measure/budget/build-figures.js'
import {rollUpEntries} from '../../measure/figures/find-largest.js'
import {makeLazily} from '../../measure/figures/make-lazily.js'
import {addSizes} from '../../report/sizes.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {MeasuredSource} from './measure-source.js'
import {SharedFacts} from './shared-facts.js'

const LARGEST_ENTRIES = 3

/** What each entry adds to a build, and what lies below it; by index. */
interface Amounts {
  entryBytes: Float64Array
  isSent: Uint8Array
  transferBytes: Float64Array
  rebuildTransferBytes: Float64Array
  fileCount: Uint32Array
}

/** Of a source, what is measured here. */
type Sent = Pick<MeasuredSource, 'selection' | 'transfer'>

/** Of a plan, what is measured here. */
interface SentPlan {
  plan: {name: string}
  tree: FileTree
  main: Sent
  named: readonly {name: string; tree: FileTree; measured: Sent}[]
}

/** A context, and what is sent of it. */
interface Source {
  /** Stands before its paths. */
  prefix: string
  tree: FileTree
  sent: Sent
}

/** Measures a plan as budgets and baselines look at it, its named contexts included. */
export function measureBuild(
  {plan, tree, main, named}: SentPlan,
  lines: readonly Pick<SuggestedLine, 'confidence' | 'entryIndexes'>[],
  shared = new SharedFacts(),
): BuildFigures {
  const sources: Source[] = [
    {prefix: '', tree, sent: main},
    ...named.map(({name, tree, measured}) => ({prefix: `${name}:`, tree, sent: measured})),
  ]
  const safe = lines.filter(({confidence}) => confidence === 'safe').flatMap(({entryIndexes}) => entryIndexes)
  return {
    name: plan.name,
    sizes: addSizes(sources.map(({sent}) => sent.transfer.sizes)),
    paths: makeLazily(() => sources.flatMap((source) => listPaths(source, shared))),
    savings: makeLazily(() => {
      const amounts = measureAmounts(tree, main)
      return safe.map((index) => describePath(tree, amounts, index, ''))
    }),
    largestEntries: sources.flatMap(listLargestEntries).sort(bySize).slice(0, LARGEST_ENTRIES),
  }
}

function measureAmounts(tree: FileTree, sent: Sent): Amounts {
  const {length} = tree
  const amounts: Amounts = {
    entryBytes: new Float64Array(length),
    isSent: new Uint8Array(length),
    transferBytes: new Float64Array(length),
    rebuildTransferBytes: new Float64Array(length),
    fileCount: new Uint32Array(length),
  }
  for (const [number, index] of sent.selection.entries.entries()) {
    const {transferBytes, rebuildTransferBytes, fileCount} = measureEntry(tree, sent, number)
    amounts.isSent[index] = 1
    amounts.entryBytes[index] = transferBytes
    amounts.transferBytes[index] = transferBytes
    amounts.rebuildTransferBytes[index] = rebuildTransferBytes
    amounts.fileCount[index] = fileCount
  }
  tree.sumSubtrees(amounts.transferBytes)
  tree.sumSubtrees(amounts.rebuildTransferBytes)
  tree.sumSubtrees(amounts.fileCount)
  return amounts
}

/** What an entry adds by itself. @param number its place in the selection */
function measureEntry(
  tree: FileTree,
  {selection, transfer}: Sent,
  number: number,
): Omit<MeasuredPath, 'path'> {
  const index = selection.entries[number]!
  const transferBytes = transfer.entryBytes[number]!
  const isLaterLink = transfer.hardLinks.has(index)
  const dataBytes = isLaterLink ? 0 : measureData(tree, index, number, selection.arrivesEmpty)
  const fileCount = tree.isFile(index) ? 1 : 0
  return {transferBytes, rebuildTransferBytes: transferBytes - dataBytes, fileCount}
}

function listPaths({prefix, tree, sent}: Source, shared: SharedFacts): MeasuredPath[] {
  const amounts = measureAmounts(tree, sent)
  const {entryBytes, isSent} = amounts
  const {classify} = shared.knownIn(tree)
  const indexes = rollUpEntries(tree, entryBytes, (index) => isSent[index] === 1, {
    kindOf: (index) => classify(index) ?? null,
  })
  return indexes.map((index) => describePath(tree, amounts, index, prefix))
}

function listLargestEntries({prefix, tree, sent}: Source): MeasuredPath[] {
  const {entries} = sent.selection
  const {entryBytes} = sent.transfer
  const largest: number[] = []
  for (let number = 0; number < entries.length; number++) {
    const smallest = largest.at(-1)
    if (tree.isDirectory(entries[number]!)) continue
    if (largest.length === LARGEST_ENTRIES && entryBytes[number]! <= entryBytes[smallest!]!) continue
    largest.push(number)
    largest.sort((a, b) => entryBytes[b]! - entryBytes[a]!)
    if (largest.length > LARGEST_ENTRIES) largest.pop()
  }
  return largest.map((number) => ({
    path: `${prefix}${tree.pathOf(entries[number]!)}`,
    ...measureEntry(tree, sent, number),
  }))
}

function describePath(tree: FileTree, amounts: Amounts, index: number, prefix: string): MeasuredPath {
  return {
    path: `${prefix}${tree.pathOf(index)}`,
    transferBytes: amounts.transferBytes[index]!,
    rebuildTransferBytes: amounts.rebuildTransferBytes[index]!,
    fileCount: amounts.fileCount[index]!,
  }
}

function bySize(a: MeasuredPath, b: MeasuredPath): number {
  return b.transferBytes - a.transferBytes || (a.path < b.path ? -1 : 1)
}
