import {isAscii} from 'node:buffer'
import type {Stats} from 'node:fs'
import type {Match} from '../../../languages/ignore/pattern-matcher.js'
import type {RareFacts} from '../../model/entry-columns.js'
import {isDirectoryMode} from '../../model/file-mode.js'
import {ROOT} from '../../model/file-tree.js'
import type {Descent} from '../descent.js'
import {type EntryLook, lookAt, type ReadingTools, readEntry} from '../read-entry.js'
import type {DirectoryTask} from '../walk-batch.js'
import {FATE, type RefreshedEntries} from './refreshed-entries.js'

/** What a thread found that no column holds. */
export interface RefreshFindings {
  /** By entry. */
  rare: Map<number, RareFacts>
  /** Entries that are not as the last walk saw them. */
  changedCount: number
}

/** Where refreshing begins. */
export interface RefreshRoot {
  contextDir: string
  /** Whether its names are to be read again. */
  isChanged: boolean
}

/** A directory on the way to the entries that are looked at. */
interface OpenDirectory {
  entry: number
  /** Behind the last entry of its subtree. */
  end: number
  hostPath: string
  contextPath: string
  states: readonly Match[]
  /** Whether its names are to be read again. */
  isChanged: boolean
}

/** Looks at the entries of an index again, one `lstat` each: what threads share is taken in turns. */
export class EntryRefresher {
  readonly findings: RefreshFindings = {rare: new Map(), changedCount: 0}
  private readonly root: OpenDirectory
  private readonly located = new Map<number, OpenDirectory | null>()
  private entryCount = 0
  private fileBytes = 0

  /** @param tools its index is that of the entries */
  constructor(
    private readonly entries: RefreshedEntries,
    {contextDir, isChanged}: RefreshRoot,
    private readonly descent: Descent,
    private readonly tools: ReadingTools,
  ) {
    const {length} = entries.index
    const states = descent.atRoot
    this.root = {entry: ROOT, end: length, hostPath: contextDir, contextPath: '', states, isChanged}
  }

  /** Looks at the next entries that no thread has looked at. @returns false where none are left */
  next(): boolean {
    const chunk = this.entries.takeChunk()
    if (chunk === null) return false
    const readName = this.readNames(chunk.start, chunk.end)
    const open = this.openAbove(chunk.start)
    let entry = Math.max(chunk.start, open.skippedTo)
    while (entry < chunk.end) {
      while (open.stack.at(-1)!.end <= entry) open.stack.pop()
      entry = this.refresh(entry, readName(entry), open.stack)
    }
    this.entries.count(this.entryCount, this.fileBytes)
    this.entryCount = 0
    this.fileBytes = 0
    return true
  }

  /** The task of reading a directory of the index again; null where no ignore file lets Docker enter it. */
  createTask(directory: number): DirectoryTask | null {
    const opened = this.locate(directory)
    if (opened === null) return null
    const {entry, hostPath, contextPath, states} = opened
    return {hostPath, contextPath, states, known: {entry, isUnchanged: false}}
  }

  /** Where a directory of the index was; something else may be there now. */
  private locate(entry: number): OpenDirectory | null {
    if (entry === ROOT) return this.root
    const known = this.located.get(entry)
    if (known !== undefined) return known
    const {index} = this.entries
    const parent = this.locate(index.parents[entry]!)
    const name = index.nameOf(entry)
    const opened = parent && this.enter(entry, name, parent, true)
    this.located.set(entry, opened)
    return opened
  }

  /** Decodes many names at once: one by one takes several times as long. */
  private readNames(start: number, end: number): (entry: number) => string {
    const {names, nameStarts} = this.entries.index
    const base = nameStarts[start]!
    const bytes = names.subarray(base, nameStarts[end]!)
    if (!isAscii(bytes)) return (entry) => this.entries.index.nameOf(entry)
    const text = bytes.toString('latin1')
    return (entry) => text.slice(nameStarts[entry]! - base, nameStarts[entry + 1]! - base)
  }

  /** The directories above an entry, down to one below which the index does not count: then its subtree is skipped. */
  private openAbove(entry: number): {stack: OpenDirectory[]; skippedTo: number} {
    const {index} = this.entries
    const above: number[] = []
    for (let at = index.parents[entry]!; at !== ROOT; at = index.parents[at]!) above.unshift(at)
    const stack = [this.root]
    for (const directory of above) {
      const opened = this.open(directory, stack.at(-1)!)
      if (opened === null) return {stack, skippedTo: index.endOf(directory)}
      stack.push(opened)
    }
    return {stack, skippedTo: entry}
  }

  /** Opens a directory that another thread has read; it may have vanished since. */
  private open(entry: number, parent: OpenDirectory): OpenDirectory | null {
    const name = this.entries.index.nameOf(entry)
    const path = `${parent.hostPath}/${name}`
    const stats = this.entries.index.isText(entry, name) ? statOrNull(path) : null
    if (stats === null || !stats.isDirectory() || !this.isStill(entry, stats)) return null
    const isChanged = !this.entries.index.isSame(entry, stats.ino, stats.ctimeMs)
    return this.enter(entry, name, parent, isChanged)
  }

  /** Another directory in its place has other entries; on another device nothing is relied on. */
  private isStill(entry: number, {ino, dev}: Stats): boolean {
    return ino === this.entries.index.inodes[entry] && dev === this.tools.device
  }

  /** Null where no ignore file lets Docker enter it. */
  private enter(
    entry: number,
    name: string,
    parent: OpenDirectory,
    isChanged: boolean,
  ): OpenDirectory | null {
    const hostPath = `${parent.hostPath}/${name}`
    const contextPath = parent.entry === ROOT ? name : `${parent.contextPath}/${name}`
    const states = this.descent.enter(contextPath, parent.states)
    const end = this.entries.index.endOf(entry)
    return states && {entry, end, hostPath, contextPath, states, isChanged}
  }

  /** @returns the next entry to look at */
  private refresh(entry: number, name: string, stack: OpenDirectory[]): number {
    const {index, fates} = this.entries
    const end = index.ends[entry]!
    const parent = stack.at(-1)!
    const path = `${parent.hostPath}/${name}`
    // The directory above is read again, and with it all that holds nothing; as bytes, where its names are not text.
    if ((parent.isChanged && end === entry + 1) || !index.isText(entry, name)) return end
    const look = readEntry(path, entry, this.tools)
    // The directory above is read again: that finds it gone, or reports the same problem.
    if (typeof look === 'string') return end
    this.recordEntry(entry, look)
    if (!isDirectoryMode(look.mode)) {
      fates[entry] = end === entry + 1 ? FATE.kept : FATE.closed
      return end
    }
    const opened = this.enter(entry, name, parent, !look.isSame)
    fates[entry] = opened === null ? FATE.closed : look.isSame ? FATE.kept : FATE.changed
    if (opened === null) return end
    if (!this.isStill(entry, look.stats)) return end
    stack.push(opened)
    return entry + 1
  }

  /** Stores what was seen of an entry. */
  private recordEntry(entry: number, {stats, mode, changed, isSame, modifiedBytes, facts}: EntryLook): void {
    const {columns, stamps} = this.entries
    columns.modes[entry] = mode
    columns.sizes[entry] = stats.size
    columns.modified[entry] = stats.mtimeMs
    columns.modifiedBytes[entry] = modifiedBytes
    stamps.inodes[entry] = stats.ino
    stamps.changed[entry] = changed
    if (facts !== null) this.findings.rare.set(entry, facts)
    this.entryCount++
    if (!isDirectoryMode(mode)) this.fileBytes += stats.size
    if (!isSame) this.findings.changedCount++
  }
}

/** Null where nothing can be looked at. */
function statOrNull(path: string): Stats | null {
  try {
    return lookAt(path) ?? null
  } catch {
    return null
  }
}
