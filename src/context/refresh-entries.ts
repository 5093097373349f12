import {isAscii} from 'node:buffer'
import type {Stats} from 'node:fs'
import type {Match} from '../ignore/pattern-matcher.js'
import {ROOT} from './context-model.js'
import type {Descent} from './descent.js'
import type {RareFacts} from './entry-columns.js'
import {isDirectoryMode, toGoMode} from './file-mode.js'
import type {ReadingTools} from './read-directory.js'
import {errorCode, lookAt, REPLACEMENT, readModifiedBytes, readRareFacts} from './read-entry.js'
import {FATE, type RefreshedEntries} from './refreshed-entries.js'
import type {DirectoryTask} from './walk-batch.js'

/** What a thread found that no column holds. */
export interface RefreshFindings {
  /** By entry. */
  rare: Map<number, RareFacts>
  /** Directories whose names have to be read again: their entries, or `ROOT`. */
  changed: {entry: number; task: DirectoryTask}[]
  /** Entries that are not as the last walk saw them. */
  changedCount: number
}

/** A directory on the way to the entries that are looked at. */
interface OpenDirectory {
  entry: number
  /** Behind the last entry of its subtree. */
  end: number
  hostPath: string
  contextPath: string
  states: readonly Match[]
}

/** Looks at the entries of an index again, one `lstat` each: what threads share is taken in turns. */
export class EntryRefresher {
  readonly findings: RefreshFindings = {rare: new Map(), changed: [], changedCount: 0}
  private readonly root: OpenDirectory
  private entryCount = 0
  private fileBytes = 0

  /** @param tools its index is that of the entries */
  constructor(
    private readonly entries: RefreshedEntries,
    hostPath: string,
    private readonly descent: Descent,
    private readonly tools: ReadingTools,
  ) {
    this.root = {entry: ROOT, end: entries.index.length, hostPath, contextPath: '', states: descent.atRoot}
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

  /** Decodes names at one go: each by itself takes several times as long. */
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

  /** Another thread tells what has become of this directory. */
  private open(entry: number, parent: OpenDirectory): OpenDirectory | null {
    const name = this.entries.index.nameOf(entry)
    const path = `${parent.hostPath}/${name}`
    if (name.includes(REPLACEMENT)) return null
    try {
      const stats = lookAt(path)
      return stats?.isDirectory() && this.isStill(entry, stats) ? this.enter(entry, name, path, parent) : null
    } catch {
      return null
    }
  }

  /** Another directory in its place has other entries; on another device nothing is relied on. */
  private isStill(entry: number, {ino, dev}: Stats): boolean {
    return ino === this.entries.index.inodes[entry] && dev === this.tools.device
  }

  /** Null where no ignore file lets Docker enter it. */
  private enter(entry: number, name: string, hostPath: string, parent: OpenDirectory): OpenDirectory | null {
    const contextPath = parent.entry === ROOT ? name : `${parent.contextPath}/${name}`
    const states = this.descent.enter(contextPath, parent.states)
    return states && {entry, end: this.entries.index.endOf(entry), hostPath, contextPath, states}
  }

  /** @returns the next entry to look at */
  private refresh(entry: number, name: string, stack: OpenDirectory[]): number {
    const {index, fates} = this.entries
    const end = index.ends[entry]!
    const parent = stack.at(-1)!
    const path = `${parent.hostPath}/${name}`
    // The directory above is read again, as bytes.
    if (name.includes(REPLACEMENT)) return end
    let stats: Stats | undefined
    let mode = 0
    let facts: RareFacts | null = null
    try {
      stats = lookAt(path)
      if (stats === undefined) return end
      mode = toGoMode(stats.mode)
      facts = readRareFacts(path, stats, mode)
    } catch (error) {
      // Reading the directory again meets the same problem, and tells of it.
      if (errorCode(error) !== 'ENOENT') this.noteChanged(parent)
      return end
    }
    const isSame = this.note(entry, path, stats, mode, facts)
    if (!isDirectoryMode(mode)) {
      fates[entry] = end === entry + 1 ? FATE.kept : FATE.closed
      return end
    }
    const opened = this.enter(entry, name, path, parent)
    fates[entry] = opened === null ? FATE.closed : isSame ? FATE.kept : FATE.changed
    if (opened === null) return end
    if (!isSame) this.noteChanged(opened)
    if (!this.isStill(entry, stats)) return end
    stack.push(opened)
    return entry + 1
  }

  /** Puts down what was seen of an entry. @returns whether it is as the last walk saw it */
  private note(entry: number, path: string, stats: Stats, mode: number, facts: RareFacts | null): boolean {
    const {index, columns, stamps} = this.entries
    const {findings, tools} = this
    const changed = stats.dev === tools.device ? stats.ctimeMs : Number.NaN
    const isSame = index.isSame(entry, stats.ino, changed)
    columns.modes[entry] = mode
    columns.sizes[entry] = stats.size
    columns.modified[entry] = stats.mtimeMs
    columns.modifiedBytes[entry] = readModifiedBytes(stats.mtimeMs, path)
    stamps.inodes[entry] = stats.ino
    stamps.changed[entry] = changed
    const xattrBytes = isSame ? index.xattrBytes[entry]! : (tools.readXattrs?.(path) ?? 0)
    if (xattrBytes > 0) findings.rare.set(entry, {...facts, xattrBytes})
    else if (facts !== null) findings.rare.set(entry, facts)
    this.entryCount++
    if (!isDirectoryMode(mode)) this.fileBytes += stats.size
    if (!isSame) findings.changedCount++
    return isSame
  }

  private noteChanged({entry, hostPath, contextPath, states}: OpenDirectory): void {
    const {changed} = this.findings
    if (changed.at(-1)?.entry === entry) return
    const known = {entry, isUnchanged: false}
    changed.push({entry, task: {hostPath, contextPath, states, known}})
  }
}
