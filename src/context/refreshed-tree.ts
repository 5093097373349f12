import {ContextModel, type EntryTree, ROOT} from './context-model.js'
import type {RefreshFindings} from './refresh-entries.js'
import {FATE, type RefreshedEntries} from './refreshed-entries.js'
import type {DirectoryTask} from './walk-batch.js'

/** What the last walk saw, as it is now: subtrees to be taken over, and directories in them to be read again. */
export class RefreshedTree implements EntryTree {
  readonly columns
  readonly stamps
  readonly parents
  readonly ends
  readonly fates
  /** Entries that are not as the last walk saw them. */
  readonly changedCount: number
  private readonly tasks: ReadonlyMap<number, DirectoryTask>
  /** Directories to be read again, in order. */
  private readonly changed: readonly number[]

  constructor(entries: RefreshedEntries, findings: readonly RefreshFindings[]) {
    this.columns = entries.columns
    this.stamps = entries.stamps
    this.parents = entries.index.parents
    this.ends = entries.index.ends
    this.fates = entries.fates
    for (const {rare} of findings) for (const [entry, facts] of rare) this.columns.rare.set(entry, facts)
    this.tasks = new Map(
      findings.flatMap(({changed}) => changed.map(({entry, task}): [number, DirectoryTask] => [entry, task])),
    )
    this.changed = [...this.tasks.keys()].sort((a, b) => a - b)
    for (const entry of this.changed) if (entry !== ROOT) this.fates[entry] = FATE.changed
    this.changedCount = findings.reduce((sum, {changedCount}) => sum + changedCount, 0)
  }

  get length(): number {
    return this.columns.length
  }

  /** Entries that are not there, or that Docker does not enter any more. */
  countGone(): number {
    let count = 0
    for (let entry = 0; entry < this.length; entry++) if (this.fates[entry] === FATE.gone) count++
    return count
  }

  /** Whether a directory's names are still those of the index. */
  isKept(directory: number): boolean {
    return directory === ROOT ? !this.tasks.has(ROOT) : this.fates[directory] === FATE.kept
  }

  /** The directories to be read again in a subtree that is taken over: not those below others, which may be gone. */
  *tasksBelow(directory: number): Generator<{entry: number; task: DirectoryTask}> {
    const end = directory === ROOT ? this.length : this.ends[directory]!
    for (let at = this.firstBehind(directory); at < this.changed.length; at++) {
      const entry = this.changed[at]!
      if (entry >= end) return
      if (this.isReachable(entry, directory)) yield {entry, task: this.tasks.get(entry)!}
    }
  }

  /** The model where everything is as it was; null where something is not. */
  toModel(): ContextModel | null {
    return this.fates.every((fate) => fate === FATE.kept) ? new ContextModel(this) : null
  }

  private isReachable(entry: number, from: number): boolean {
    for (let at = this.parents[entry]!; at !== from; at = this.parents[at]!)
      if (!this.isKept(at)) return false
    return true
  }

  /** The place in `changed` of the first one behind an entry. */
  private firstBehind(entry: number): number {
    let low = 0
    let high = this.changed.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.changed[middle]! <= entry) low = middle + 1
      else high = middle
    }
    return low
  }
}
