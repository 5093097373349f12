import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import {findSlot} from '../../tree/model/find-slot.js'
import type {Selection} from '../transfer/select-entries.js'

/** The contents of a context's files, read on demand: a prediction asks for them and waits for the answer. */
export interface FileDigests {
  /** The digest of a regular file's content, or one that begins with `NEW_CONTENT`; undefined while it is not known. */
  digestOf(entry: number): string | undefined
}

/** Content that no file has yet: nothing needs to be read to tell it from another. */
export const NEW_CONTENT = 'new '

/** A context as one build sends it, seen against an earlier build that sent it, too. */
export class ContextView {
  readonly tree: FileTree
  readonly #isSent: Uint8Array
  readonly #sent: Uint32Array
  readonly arrivesEmpty: ReadonlySet<number>
  #earlier: Alignment | null = null

  constructor(
    tree: FileTree,
    {entries, arrivesEmpty}: Pick<Selection, 'entries' | 'arrivesEmpty'>,
    readonly digests: FileDigests,
  ) {
    this.tree = tree
    this.arrivesEmpty = arrivesEmpty
    this.#sent = entries
    this.#isSent = new Uint8Array(tree.length)
    for (const entry of entries) this.#isSent[entry] = 1
  }

  /** The entries that are sent, in order. */
  get sent(): Uint32Array {
    return this.#sent
  }

  isSent(entry: number): boolean {
    return this.#isSent[entry] === 1
  }

  /** The entries of a directory that are sent, in order. */
  *childrenOf(directory: number): Generator<number> {
    for (const child of this.tree.childrenOf(directory)) if (this.#isSent[child] === 1) yield child
  }

  /** What is new against an earlier build; null: there is none. */
  get earlier(): Alignment | null {
    return this.#earlier
  }

  /**
   * Lays this context beside what an earlier build sent.
   * @param keeps what the builder does not take over although it differs: it has the entry already
   */
  alignWith(before: ContextView, keeps: KeepRule): void {
    this.#earlier = align(before, this, keeps)
  }
}

/** Whether the builder keeps its copy of an entry of one type that stood at the same path before. */
export type KeepRule = (
  before: ContextView,
  entryBefore: number,
  after: ContextView,
  entry: number,
) => boolean

/** Two builds' entries of one context side by side. */
export interface Alignment {
  before: ContextView
  /** By entry: the one of the same path and type before, -1 if there is none or it is not kept. */
  kept: Int32Array
  /** By directory: the one before, whether or not it is kept. */
  directories: Int32Array
  /** Entries that are new or not kept, ascending. */
  changed: Uint32Array
  /** Entries of before that are gone or have another type, ascending. */
  removed: Uint32Array
}

/** Tells whether a directory holds the same entries as before, none of them changed. */
export function isUntouched(
  {kept, directories, changed, removed, before}: Alignment,
  view: ContextView,
  entry: number,
): boolean {
  const earlier = entry === ROOT ? ROOT : directories[entry]!
  if (entry !== ROOT && (earlier < 0 || kept[entry]! < 0)) return false
  const {tree} = view
  return (
    !hasBetween(changed, entry + 1, tree.endOf(entry)) &&
    !hasBetween(removed, earlier + 1, before.tree.endOf(earlier))
  )
}

function hasBetween(entries: Uint32Array, start: number, end: number): boolean {
  const place = findSlot(entries, start)
  return place < entries.length && entries[place]! < end
}

function align(before: ContextView, after: ContextView, keeps: KeepRule): Alignment {
  const alignment = new OpenAlignment(before, after, keeps)
  if (before.tree === after.tree && before.sent === after.sent) {
    // The same entries of the same tree: there is nothing to be paired.
    for (const entry of after.sent) alignment.add(entry, entry)
    return alignment.close()
  }
  const pending: [number, number][] = [[ROOT, ROOT]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [old, entry] of pairChildren(before, next[0], after, next[1])) {
      if (alignment.add(old, entry)) pending.push([old, entry])
    }
  }
  return alignment.close()
}

/** An alignment while the entries come in. */
class OpenAlignment {
  readonly #kept: Int32Array
  readonly #directories: Int32Array
  readonly #changed: number[] = []
  readonly #removed: number[] = []
  readonly #isSame: boolean

  constructor(
    private readonly before: ContextView,
    private readonly after: ContextView,
    private readonly keeps: KeepRule,
  ) {
    this.#kept = new Int32Array(after.tree.length).fill(-1)
    this.#directories = new Int32Array(after.tree.length).fill(-1)
    this.#isSame = before.tree === after.tree && before.digests === after.digests
  }

  /** @returns true for a directory on both sides */
  add(old: number, entry: number): boolean {
    const {before, after} = this
    if (old < 0 || entry < 0 || before.tree.typeOf(old) !== after.tree.typeOf(entry)) {
      if (old >= 0) this.#removed.push(old)
      if (entry >= 0) this.#changed.push(entry)
      return false
    }
    const rule = this.#isSame ? hasSameContent : this.keeps
    if (rule(before, old, after, entry)) this.#kept[entry] = old
    else this.#changed.push(entry)
    const isDirectory = after.tree.isDirectory(entry)
    if (isDirectory) this.#directories[entry] = old
    return isDirectory
  }

  close(): Alignment {
    return {
      before: this.before,
      kept: this.#kept,
      directories: this.#directories,
      changed: Uint32Array.from(this.#changed).sort(),
      removed: Uint32Array.from(this.#removed).sort(),
    }
  }
}

/** A file that arrived empty, because of the ignore file, has changed when it arrives with its content. */
function hasSameContent(before: ContextView, old: number, after: ContextView, entry: number): boolean {
  return before.arrivesEmpty.has(old) === after.arrivesEmpty.has(entry)
}

/** The children of two directories by name, -1 where only one has it; both sides are sorted by bytes. */
function* pairChildren(
  before: ContextView,
  directoryBefore: number,
  after: ContextView,
  directory: number,
): Generator<[number, number]> {
  const isSame = before.tree === after.tree
  const olds = before.childrenOf(directoryBefore)
  const news = after.childrenOf(directory)
  let old = olds.next()
  let entry = news.next()
  while (!old.done || !entry.done) {
    const order = old.done
      ? 1
      : entry.done
        ? -1
        : isSame
          ? old.value - entry.value
          : compareNames(before, old.value, after, entry.value)
    if (order === 0) yield [old.value!, entry.value!]
    else yield order < 0 ? [old.value!, -1] : [-1, entry.value!]
    if (order <= 0) old = olds.next()
    if (order >= 0) entry = news.next()
  }
}

function compareNames(before: ContextView, old: number, after: ContextView, entry: number): number {
  const one = before.tree.columns
  const other = after.tree.columns
  let at = one.nameStarts[old]!
  let otherAt = other.nameStarts[entry]!
  const end = one.nameStarts[old + 1]!
  const otherEnd = other.nameStarts[entry + 1]!
  while (at < end && otherAt < otherEnd) {
    const difference = one.names[at++]! - other.names[otherAt++]!
    if (difference !== 0) return difference
  }
  return end - at - (otherEnd - otherAt)
}

/** The builder that built before: what has the same size, mode and time is not sent again, a directory stays as it is. */
export function keepsOnSameBuilder(
  before: ContextView,
  old: number,
  after: ContextView,
  entry: number,
): boolean {
  if (after.tree.isDirectory(entry)) return true
  return (
    hasSameContent(before, old, after, entry) &&
    hasSameTime(before, old, after, entry) &&
    linkOf(before, old) === linkOf(after, entry)
  )
}

/** Another builder, which gets everything and compares what it got. */
export function keepsNothing(): boolean {
  return false
}

function hasSameTime(
  {tree: one}: ContextView,
  old: number,
  {tree: other}: ContextView,
  entry: number,
): boolean {
  return (
    one.modeOf(old) === other.modeOf(entry) &&
    one.sizeOf(old) === other.sizeOf(entry) &&
    one.modifiedOf(old) === other.modifiedOf(entry)
  )
}

function linkOf({tree}: ContextView, entry: number): string | undefined {
  const target = tree.rareOf(entry)?.linkTarget
  return target === undefined ? undefined : Buffer.from(target).toString('latin1')
}
