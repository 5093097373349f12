import type {KnownEntries} from '../advice/known-entries.js'
import type {SuggestedLine} from '../advice/suggest/suggest-lines.js'
import type {MeasuredBuild, MeasuredPath} from '../budget/measured-build.js'
import type {ContextModel} from '../context/context-model.js'
import {type EntryKind, rollUpEntries} from '../report/find-largest.js'
import {addSizes} from '../transfer/add-sizes.js'
import {measureData} from '../transfer/predict-transfer.js'
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

/** A context and what is sent of it. */
interface Source {
  /** Stands before its paths. */
  prefix: string
  model: ContextModel
  amounts: Amounts
}

/** Of a source, what is measured here. */
type Sent = Pick<MeasuredSource, 'selection' | 'transfer'>

/** Of a plan, what is measured here. */
interface SentPlan {
  plan: {name: string}
  model: ContextModel
  main: Sent
  named: readonly {name: string; model: ContextModel; measured: Sent}[]
}

/** Measures a plan as budgets and baselines look at it, its named contexts included. */
export function measureBuild(
  {plan, model, main, named}: SentPlan,
  lines: readonly Pick<SuggestedLine, 'confidence' | 'entryIndexes'>[],
  shared = new SharedFacts(),
): MeasuredBuild {
  const amounts = measureAmounts(model, main)
  const safe = lines.filter(({confidence}) => confidence === 'safe').flatMap(({entryIndexes}) => entryIndexes)
  const sources: Source[] = [
    {prefix: '', model, amounts},
    ...named.map(({name, model, measured}) => ({
      prefix: `${name}:`,
      model,
      amounts: measureAmounts(model, measured),
    })),
  ]
  const largest = sources.flatMap(({prefix, model, amounts}) => listLargestEntries(model, amounts, prefix))
  return {
    name: plan.name,
    sizes: addSizes([main, ...named.map(({measured}) => measured)].map(({transfer}) => transfer.sizes)),
    paths: iteratePaths(sources, shared),
    savings: safe.map((index) => describePath(model, amounts, index, '')).sort(bySize),
    largestEntries: largest.sort(bySize).slice(0, LARGEST_ENTRIES),
  }
}

function measureAmounts(model: ContextModel, {selection, transfer}: Sent): Amounts {
  const amounts: Amounts = {
    entryBytes: new Float64Array(model.length),
    isSent: new Uint8Array(model.length),
    transferBytes: new Float64Array(model.length),
    rebuildTransferBytes: new Float64Array(model.length),
    fileCount: new Uint32Array(model.length),
  }
  for (const [number, index] of selection.entries.entries()) {
    const bytes = transfer.entryBytes[number]!
    const isLaterLink = transfer.hardLinks.has(index)
    const dataBytes = isLaterLink ? 0 : measureData(model, index, number, selection.arrivesEmpty)
    amounts.isSent[index] = 1
    amounts.entryBytes[index] = bytes
    amounts.transferBytes[index] = bytes
    amounts.rebuildTransferBytes[index] = bytes - dataBytes
    amounts.fileCount[index] = model.typeOf(index) === 'file' ? 1 : 0
  }
  model.sumSubtrees(amounts.transferBytes)
  model.sumSubtrees(amounts.rebuildTransferBytes)
  model.sumSubtrees(amounts.fileCount)
  return amounts
}

function iteratePaths(sources: readonly Source[], shared: SharedFacts): Iterable<MeasuredPath> {
  return {
    *[Symbol.iterator]() {
      for (const {prefix, model, amounts} of sources) {
        for (const index of rollUp(model, shared.knownIn(model), amounts))
          yield describePath(model, amounts, index, prefix)
      }
    },
  }
}

function rollUp(model: ContextModel, {classify}: KnownEntries, {entryBytes, isSent}: Amounts): number[] {
  const kindOf = (index: number): EntryKind | null => classify(index) ?? null
  return rollUpEntries(model, entryBytes, (index) => isSent[index] === 1, {kindOf})
}

function listLargestEntries(model: ContextModel, amounts: Amounts, prefix: string): MeasuredPath[] {
  const {entryBytes} = amounts
  const largest: number[] = []
  for (let index = 0; index < model.length; index++) {
    const smallest = largest.at(-1)
    if (model.isDirectory(index) || entryBytes[index] === 0) continue
    if (largest.length === LARGEST_ENTRIES && entryBytes[index]! <= entryBytes[smallest!]!) continue
    largest.push(index)
    largest.sort((a, b) => entryBytes[b]! - entryBytes[a]!)
    if (largest.length > LARGEST_ENTRIES) largest.pop()
  }
  return largest.map((index) => describePath(model, amounts, index, prefix))
}

function describePath(model: ContextModel, amounts: Amounts, index: number, prefix: string): MeasuredPath {
  return {
    path: `${prefix}${model.pathOf(index)}`,
    transferBytes: amounts.transferBytes[index]!,
    rebuildTransferBytes: amounts.rebuildTransferBytes[index]!,
    fileCount: amounts.fileCount[index]!,
  }
}

function bySize(a: MeasuredPath, b: MeasuredPath): number {
  return b.transferBytes - a.transferBytes || (a.path < b.path ? -1 : 1)
}
