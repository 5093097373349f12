import type {EntryFigures} from '../../build/transfer/entry-figures.js'
import type {LargestPath, OtherPaths} from '../../report/context-report.js'
import {sumPaths} from '../../report/sum-paths.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'

/** What an entry is, as far as the catalogue knows. */
export interface EntryKind {
  kind: string
  title: string
}

export interface RollUpOptions {
  /** The kind of an entry by what it is itself, or null. Asked top down; nothing below a known directory is asked about. */
  kindOf: (entry: number) => EntryKind | null
  /** Roll up to directories this many levels deep instead of to what explains them. */
  depth?: number
}

/** The paths that explain the bytes. */
export interface Largest {
  /** Largest first, equal ones in Docker's order. */
  largest: LargestPath[]
  /** The sums of all other paths. */
  otherPaths: OtherPaths
}

/** Further paths are summed up: a directory may hold a million files, and each would be an object. */
export const MAX_LARGEST = 10_000
/** A child that holds this share of its directory explains it better than the directory does. */
const DOMINANT_SHARE = 0.9
/** A known directory with this share of the whole is shown by itself. */
const NOTABLE_SHARE = 0.005
/** A known file needs a larger share: its directory is split for it, and the files beside it become rows, too. */
const NOTABLE_FILE_SHARE = 0.05

/**
 * Rolls entries up to the paths that explain the bytes: `web/node_modules` rather than its 300 subfolders, and rather
 * than `web` when nearly all of `web` is that. The paths never overlap; together with those summed up they are
 * the whole.
 * @param maxCount paths to list one by one
 */
export function findLargest(
  tree: FileTree,
  figures: EntryFigures,
  options: RollUpOptions,
  maxCount = MAX_LARGEST,
): Largest {
  const rollUp = new RollUp(tree, figures, options)
  const kept: number[] = []
  let otherPaths = sumPaths([])
  const keepLargest = (): void => {
    kept.sort((one, other) => rollUp.bytesOf(other) - rollUp.bytesOf(one))
    otherPaths = sumPaths([otherPaths, ...kept.splice(maxCount).map((entry) => rollUp.sumSubtree(entry))])
  }
  rollUp.run((entry) => {
    kept.push(entry)
    if (kept.length >= 2 * maxCount) keepLargest()
  })
  keepLargest()
  return {largest: kept.map((entry) => rollUp.describePath(entry)), otherPaths}
}

/** The same paths as their entries, in the order of the tree. */
export function rollUpEntries(tree: FileTree, figures: EntryFigures, options: RollUpOptions): number[] {
  const found: number[] = []
  new RollUp(tree, figures, options).run((entry) => void found.push(entry))
  return found
}

class RollUp {
  /** Of each subtree, by entry. */
  private readonly bytes: Float64Array
  private readonly wholeBytes: number
  private readonly kinds = new Map<number, EntryKind>()
  /** Directories with a notable known entry somewhere below. */
  private readonly split = new Set<number>()

  constructor(
    private readonly tree: FileTree,
    private readonly figures: EntryFigures,
    private readonly options: RollUpOptions,
  ) {
    this.bytes = figures.bytes.slice()
    tree.sumSubtrees(this.bytes)
    let whole = 0
    for (const child of tree.childrenOf(ROOT)) whole += this.bytes[child]!
    this.wholeBytes = whole
  }

  /** @param take is given the paths' entries, in the order of the tree */
  run(take: (entry: number) => void): void {
    this.classifyEntries()
    this.openDirectory(ROOT, 1, take)
  }

  private classifyEntries(): void {
    for (let entry = 0; entry < this.tree.length; ) {
      const kind = this.bytes[entry]! > 0 ? this.options.kindOf(entry) : null
      if (kind === null) {
        entry++
        continue
      }
      this.kinds.set(entry, kind)
      const share = this.tree.isDirectory(entry) ? NOTABLE_SHARE : NOTABLE_FILE_SHARE
      if (this.bytes[entry]! >= this.wholeBytes * share) this.splitAbove(entry)
      entry = this.tree.endOf(entry)
    }
  }

  private splitAbove(entry: number): void {
    for (
      let at = this.tree.parentOf(entry);
      at !== ROOT && !this.split.has(at);
      at = this.tree.parentOf(at)
    ) {
      this.split.add(at)
    }
  }

  private openDirectory(directory: number, level: number, take: (entry: number) => void): void {
    for (const child of this.tree.childrenOf(directory)) {
      if (this.bytes[child]! === 0 && this.figures.isSent[child] === 0) continue
      if (this.isOpened(child, level)) this.openDirectory(child, level + 1, take)
      else take(child)
    }
  }

  private isOpened(entry: number, level: number): boolean {
    if (!this.tree.isDirectory(entry)) return false
    if (this.options.depth !== undefined) return level < this.options.depth
    return !this.kinds.has(entry) && (this.split.has(entry) || this.hasDominantChild(entry))
  }

  private hasDominantChild(directory: number): boolean {
    const share = this.bytes[directory]! * DOMINANT_SHARE
    for (const child of this.tree.childrenOf(directory)) {
      if (this.tree.isDirectory(child) && this.bytes[child]! >= share) return true
    }
    return false
  }

  bytesOf(entry: number): number {
    return this.bytes[entry]!
  }

  /** Counts the files below a path. Paths do not overlap, so counting all of them takes one pass over the entries. */
  sumSubtree(entry: number): OtherPaths {
    const {tree, figures} = this
    const sum = {pathCount: 1, fileCount: 0, fileBytes: 0, transferBytes: this.bytes[entry]!}
    const end = tree.endOf(entry)
    for (let at = entry; at < end; at++) {
      if (!tree.isFile(at) || figures.isSent[at] === 0) continue
      sum.fileCount++
      sum.fileBytes += tree.sizeOf(at)
    }
    return sum
  }

  describePath(entry: number): LargestPath {
    const {kind, title} = this.kinds.get(entry) ?? {kind: 'other', title: ''}
    const {fileCount, fileBytes, transferBytes} = this.sumSubtree(entry)
    return {path: this.tree.pathOf(entry), kind, title, fileCount, fileBytes, transferBytes}
  }
}
