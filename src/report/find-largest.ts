import {type ContextModel, ROOT} from '../context/context-model.js'
import type {LargestPath} from './context-report.js'

/** What an entry is, as far as the catalogue knows. */
export interface EntryKind {
  kind: string
  title: string
}

export interface RollUpOptions {
  /** The kind of an entry by what it is itself, or null. Asked top down; nothing below a known directory is asked about. */
  kindOf: (index: number) => EntryKind | null
  /** Roll up to directories this many levels deep instead of to what explains them. */
  depth?: number
}

/** Totals of each subtree, by entry index. */
interface Totals {
  bytes: Float64Array
  files: Uint32Array
  fileBytes: Float64Array
}

/** A child that holds this share of its directory explains it better than the directory does. */
const DOMINANT_SHARE = 0.9
/** A known directory with this share of the whole is shown by itself. */
const NOTABLE_SHARE = 0.005
/** A known file needs more: its directory is taken apart for it, and the files beside it would be rows as well. */
const NOTABLE_FILE_SHARE = 0.05

/**
 * Rolls entries up to the paths that explain the bytes: `web/node_modules` rather than its 300 subfolders, and rather
 * than `web` when nearly all of `web` is that. The paths never overlap; together they are the whole.
 * @param entryBytes transfer bytes by entry index; 0 for what is not transferred
 * @param isIncluded whether an entry is transferred
 * @returns largest first
 */
export function findLargest(
  model: ContextModel,
  entryBytes: Float64Array,
  isIncluded: (index: number) => boolean,
  options: RollUpOptions,
): LargestPath[] {
  const rollUp = new RollUp(model, entryBytes, isIncluded, options)
  return rollUp
    .run()
    .map((index) => rollUp.describe(index))
    .sort((a, b) => b.transferBytes - a.transferBytes || (a.path < b.path ? -1 : 1))
}

/** The same paths as indexes of their entries, in the order of the model. */
export function rollUpEntries(
  model: ContextModel,
  entryBytes: Float64Array,
  isIncluded: (index: number) => boolean,
  options: RollUpOptions,
): number[] {
  return new RollUp(model, entryBytes, isIncluded, options).run()
}

class RollUp {
  private readonly totals: Totals
  private readonly wholeBytes: number
  private readonly kinds = new Map<number, EntryKind>()
  /** Directories with a notable known entry somewhere below. */
  private readonly split = new Set<number>()
  private readonly found: number[] = []

  constructor(
    private readonly model: ContextModel,
    entryBytes: Float64Array,
    private readonly isIncluded: (index: number) => boolean,
    private readonly options: RollUpOptions,
  ) {
    this.totals = sumSubtrees(model, entryBytes, isIncluded)
    let whole = 0
    for (const child of model.childrenOf(ROOT)) whole += this.totals.bytes[child]!
    this.wholeBytes = whole
  }

  run(): number[] {
    this.classify()
    this.open(ROOT, 1)
    return this.found
  }

  private classify(): void {
    for (let index = 0; index < this.model.length; ) {
      const kind = this.totals.bytes[index]! > 0 ? this.options.kindOf(index) : null
      if (kind === null) {
        index++
        continue
      }
      this.kinds.set(index, kind)
      const share = this.model.isDirectory(index) ? NOTABLE_SHARE : NOTABLE_FILE_SHARE
      if (this.totals.bytes[index]! >= this.wholeBytes * share) this.splitAbove(index)
      index = this.model.endOf(index)
    }
  }

  private splitAbove(index: number): void {
    for (
      let at = this.model.parentOf(index);
      at !== ROOT && !this.split.has(at);
      at = this.model.parentOf(at)
    ) {
      this.split.add(at)
    }
  }

  private open(directory: number, level: number): void {
    for (const child of this.model.childrenOf(directory)) {
      if (this.totals.bytes[child]! === 0 && !this.isIncluded(child)) continue
      if (this.isOpened(child, level)) this.open(child, level + 1)
      else this.found.push(child)
    }
  }

  private isOpened(index: number, level: number): boolean {
    if (!this.model.isDirectory(index)) return false
    if (this.options.depth !== undefined) return level < this.options.depth
    return !this.kinds.has(index) && (this.split.has(index) || this.hasDominantChild(index))
  }

  private hasDominantChild(directory: number): boolean {
    const share = this.totals.bytes[directory]! * DOMINANT_SHARE
    for (const child of this.model.childrenOf(directory)) {
      if (this.model.isDirectory(child) && this.totals.bytes[child]! >= share) return true
    }
    return false
  }

  describe(index: number): LargestPath {
    const {kind, title} = this.kinds.get(index) ?? {kind: 'other', title: ''}
    return {
      path: this.model.pathOf(index),
      kind,
      title,
      fileCount: this.totals.files[index]!,
      fileBytes: this.totals.fileBytes[index]!,
      transferBytes: this.totals.bytes[index]!,
    }
  }
}

/** Adds every entry to its parents. Entries stand behind their parents, so one pass from the end does it. */
function sumSubtrees(
  model: ContextModel,
  entryBytes: Float64Array,
  isIncluded: (index: number) => boolean,
): Totals {
  const bytes = entryBytes.slice()
  const files = new Uint32Array(model.length)
  const fileBytes = new Float64Array(model.length)
  for (let index = model.length - 1; index >= 0; index--) {
    if (isIncluded(index) && model.typeOf(index) === 'file') {
      files[index] = 1
      fileBytes[index] = model.sizeOf(index)
    }
    const parent = model.parentOf(index)
    if (parent === ROOT) continue
    bytes[parent]! += bytes[index]!
    files[parent]! += files[index]!
    fileBytes[parent]! += fileBytes[index]!
  }
  return {bytes, files, fileBytes}
}
