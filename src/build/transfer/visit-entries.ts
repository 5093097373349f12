import type {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {type Match, NO_MATCH} from '../../languages/ignore/pattern-matcher.js'
import {askNames} from '../../tree/model/ask-names.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'

/** What decides on an entry: null where there is no ignore file, or everything is asked for. */
export interface EntryFilter {
  ignore: IgnoreRules | null
  requested: IgnoreRules | null
}

/** Hears of each entry that Docker visits, in its order. */
export interface EntryVisitor {
  /** The entry is sent. A directory that is sent for its children comes directly before the first of them. */
  sent?(entry: number): void
  /** The ignore file keeps the entry out; what lies below it may still cross. */
  ignored?(entry: number, match: Match): void
  /** Docker fails here: this directory cannot be read. */
  unreadable?(entry: number): void
}

/** A directory whose contents are being visited. */
interface OpenDirectory {
  entry: number
  path: string
  end: number
  requested: Match
  ignored: Match
  isSent: boolean
}

/**
 * Visits a context as BuildKit does: requested paths first, then the ignore file, directories pruned where nothing
 * below them can match (docs/buildkit.md 4 and 5).
 * @throws IgnorePatternError when an entry reaches a broken pattern
 */
export function visitEntries(tree: FileTree, filter: EntryFilter, visitor: EntryVisitor): void {
  new Visit(tree, filter, visitor).run()
}

class Visit {
  /** Whether an entry's name lets a pattern match it by itself. */
  private readonly mayBeRequested: (entry: number) => boolean
  private readonly mayBeIgnored: (entry: number) => boolean
  /** The directories around the current entry, the root first. */
  private readonly open: OpenDirectory[] = []

  constructor(
    private readonly tree: FileTree,
    private readonly filter: EntryFilter,
    private readonly visitor: EntryVisitor,
  ) {
    const {ignore, requested} = filter
    this.mayBeRequested = askRules(tree, requested)
    this.mayBeIgnored = askRules(tree, ignore)
  }

  run(): void {
    const atRoot = {
      entry: ROOT,
      path: '',
      end: this.tree.length,
      requested: NO_MATCH,
      ignored: NO_MATCH,
      isSent: true,
    }
    this.open.push(atRoot)
    let parent: OpenDirectory = atRoot
    for (let entry = 0; entry < this.tree.length; ) {
      while (entry >= parent.end) {
        this.open.pop()
        parent = this.open.at(-1)!
      }
      const opened = this.visitEntry(entry, parent)
      if (opened !== null) {
        this.open.push(opened)
        parent = opened
        entry++
      } else {
        entry = this.tree.endOf(entry)
      }
    }
  }

  /** Decides on one entry; returns it opened if it is a directory to go into. */
  private visitEntry(entry: number, parent: OpenDirectory): OpenDirectory | null {
    const isDirectory = this.tree.isDirectory(entry)
    const mayBeRequested = this.mayBeRequested(entry)
    const mayBeIgnored = this.mayBeIgnored(entry)
    if (!isDirectory && !mayBeRequested && !mayBeIgnored) {
      this.visitFile(entry, parent)
      return null
    }
    const name = this.tree.nameOf(entry)
    const path = parent.path === '' ? name : `${parent.path}/${name}`
    const requested = mayBeRequested ? this.filter.requested!.match(path, parent.requested) : parent.requested
    const isAsked = this.isAsked(requested)
    if (!isAsked && isDirectory && !this.filter.requested!.enters(path)) return null
    const ignored = mayBeIgnored ? this.filter.ignore!.match(path, parent.ignored) : parent.ignored
    if (ignored.matched) {
      if (isAsked) this.visitor.ignored?.(entry, ignored)
      if (isDirectory && !this.filter.ignore!.enters(path)) return null
    }
    const isSent = isAsked && !ignored.matched
    if (isSent) this.sendEntry(entry)
    if (!isDirectory) return null
    if (this.tree.rareOf(entry)?.unreadable !== undefined) this.visitor.unreadable?.(entry)
    return {entry, path, end: this.tree.endOf(entry), requested, ignored, isSent}
  }

  /** No pattern is about a name like this one: the verdict on the file is that on its directory, and its path is not needed. */
  private visitFile(entry: number, {requested, ignored}: OpenDirectory): void {
    if (!this.isAsked(requested)) return
    if (ignored.matched) this.visitor.ignored?.(entry, ignored)
    else this.sendEntry(entry)
  }

  private isAsked(requested: Match): boolean {
    return this.filter.requested === null || requested.matched
  }

  private sendEntry(entry: number): void {
    // Once a directory is sent, so are those around it: look from the innermost outwards.
    let first = this.open.length
    while (!this.open[first - 1]!.isSent) first--
    for (; first < this.open.length; first++) {
      const directory = this.open[first]!
      directory.isSent = true
      this.visitor.sent?.(directory.entry)
    }
    this.visitor.sent?.(entry)
  }
}

/** Whether an entry's name lets one of some rules match it by itself. */
function askRules(tree: FileTree, rules: IgnoreRules | null): (entry: number) => boolean {
  return rules === null ? () => false : askNames(tree, (name) => rules.mayMatchName(name))
}
