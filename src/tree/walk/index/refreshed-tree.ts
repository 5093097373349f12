import {FileTree, ROOT} from '../../model/file-tree.js'
import {findSlot} from '../../model/find-slot.js'
import type {KnownTree} from '../assemble-tree.js'
import type {RefreshFindings} from './refresh-entries.js'
import {FATE, type RefreshedEntries} from './refreshed-entries.js'

const OTHER_FATES = [FATE.gone, FATE.changed, FATE.closed]

/** The entries of the last walk as they are now: subtrees to copy, and directories in them to read again. */
export class RefreshedTree implements KnownTree {
  readonly columns
  readonly stamps
  readonly parents
  readonly ends
  readonly nameNumbers
  readonly fates
  /** Entries that are not as the last walk saw them. */
  readonly changedCount: number
  /** Entries that are not there, or that Docker does not enter any more. */
  readonly goneCount: number
  /** Directories to be read again, in order; `ROOT` may be among them. */
  private readonly changed: readonly number[]

  constructor(entries: RefreshedEntries, findings: readonly RefreshFindings[]) {
    this.columns = entries.columns
    this.stamps = entries.stamps
    this.parents = entries.index.parents
    this.ends = entries.index.ends
    this.nameNumbers = entries.index.nameNumbers
    this.fates = entries.fates
    // In order, whichever thread came first.
    const rare = findings.flatMap((one) => [...one.rare]).sort(([one], [other]) => one - other)
    for (const [entry, facts] of rare) this.columns.rare.set(entry, facts)
    this.changedCount = findings.reduce((sum, {changedCount}) => sum + changedCount, 0)
    const {changed, goneCount} = this.findChanged()
    this.changed = changed
    this.goneCount = goneCount
  }

  get length(): number {
    return this.columns.length
  }

  /** Whether a directory's names are still those of the index. */
  isKept(directory: number): boolean {
    return directory === ROOT ? this.changed[0] !== ROOT : this.fates[directory] === FATE.kept
  }

  /** The directories to be read again in a subtree that is taken over: not those below others, which may be gone. */
  *changedBelow(directory: number): Generator<number> {
    const end = directory === ROOT ? this.length : this.ends[directory]!
    for (let at = findSlot(this.changed, directory + 1); at < this.changed.length; at++) {
      const entry = this.changed[at]!
      if (entry >= end) return
      if (this.isReachable(entry, directory)) yield entry
    }
  }

  findBreak(start: number, end: number): number {
    const {fates} = this
    let at = start
    while (at < end && fates[at] === FATE.kept) at++
    return at
  }

  isGone(entry: number): boolean {
    return this.fates[entry] === FATE.gone
  }

  /** The tree where everything is as it was; null where something is not. */
  toTree(): FileTree | null {
    const isWhole = OTHER_FATES.every((fate) => !this.fates.includes(fate))
    return isWhole ? new FileTree(this) : null
  }

  /**
   * If an entry is missing, the directory above is read again though it has not changed: the entry may have been away for
   * a moment, with a directory around it, or could not be read.
   */
  private findChanged(): {changed: number[]; goneCount: number} {
    const {fates, parents} = this
    const changed = new Set(listWith(fates, FATE.changed))
    const gone = listWith(fates, FATE.gone)
    for (const entry of gone) {
      const parent = parents[entry]!
      if (parent === ROOT) {
        changed.add(ROOT)
      } else if (fates[parent] === FATE.kept) {
        fates[parent] = FATE.changed
        changed.add(parent)
      }
    }
    return {changed: [...changed].sort((one, other) => one - other), goneCount: gone.length}
  }

  private isReachable(entry: number, from: number): boolean {
    for (let at = this.parents[entry]!; at !== from; at = this.parents[at]!)
      if (!this.isKept(at)) return false
    return true
  }
}

/** The entries of a fate, ascending. Most have another: they are passed over without running code for each. */
function listWith(fates: Uint8Array, fate: number): number[] {
  const found: number[] = []
  for (let at = fates.indexOf(fate); at >= 0; at = fates.indexOf(fate, at + 1)) found.push(at)
  return found
}
