import {type ContextModel, ROOT} from '../context/context-model.js'
import {type Match, NO_MATCH, type PatternMatcher} from '../ignore/pattern-matcher.js'
import {createPruning, type Pruning} from '../ignore/pruning.js'

/** What decides on an entry: null where there is no ignore file, or everything is asked for. */
export interface EntryFilter {
  ignore: PatternMatcher | null
  requested: PatternMatcher | null
}

/** Hears of each entry that Docker visits, in its order. */
export interface EntryVisitor {
  /** The entry crosses. A directory on behalf of its children is told just before the first of them. */
  sent?(index: number): void
  /** The ignore file keeps the entry out; what lies below it may still cross. */
  ignored?(index: number, match: Match): void
  /** Docker fails here: this directory cannot be read. */
  unreadable?(index: number): void
}

/** A directory whose contents are being visited. */
interface OpenDirectory {
  index: number
  path: string
  end: number
  requested: Match
  ignored: Match
  isSent: boolean
}

/**
 * Visits a context as BuildKit does: requested paths first, then the ignore file, directories pruned where nothing
 * below them can match (BUILDKIT.md 4 and 5).
 * @throws IgnorePatternError when an entry reaches a broken pattern
 */
export function visitEntries(model: ContextModel, filter: EntryFilter, visitor: EntryVisitor): void {
  if (filter.ignore === null && filter.requested === null) visitEverything(model, visitor)
  else new Visit(model, filter, visitor).run()
}

/** Nothing to decide: no path needs to be put together, which is what takes the time. */
function visitEverything(model: ContextModel, visitor: EntryVisitor): void {
  for (let index = 0; index < model.length; index++) {
    visitor.sent?.(index)
    if (model.isDirectory(index) && model.rareOf(index)?.unreadable !== undefined) visitor.unreadable?.(index)
  }
}

class Visit {
  private readonly requestedPruning: Pruning | null
  private readonly ignorePruning: Pruning | null
  /** The directories around the current entry, the root first. */
  private readonly open: OpenDirectory[] = []

  constructor(
    private readonly model: ContextModel,
    private readonly filter: EntryFilter,
    private readonly visitor: EntryVisitor,
  ) {
    const {ignore, requested} = filter
    this.requestedPruning = requested && createPruning(requested.patterns)
    this.ignorePruning = ignore && createPruning(ignore.patterns.filter(({negated}) => negated))
  }

  run(): void {
    const atRoot = {
      index: ROOT,
      path: '',
      end: this.model.length,
      requested: NO_MATCH,
      ignored: NO_MATCH,
      isSent: true,
    }
    this.open.push(atRoot)
    let parent: OpenDirectory = atRoot
    for (let index = 0; index < this.model.length; ) {
      while (index >= parent.end) {
        this.open.pop()
        parent = this.open.at(-1)!
      }
      const opened = this.visit(index, parent)
      if (opened !== null) {
        this.open.push(opened)
        parent = opened
        index++
      } else {
        index = this.model.endOf(index)
      }
    }
  }

  /** Decides on one entry; returns it opened if it is a directory to go into. */
  private visit(index: number, parent: OpenDirectory): OpenDirectory | null {
    const isDirectory = this.model.isDirectory(index)
    const name = this.model.nameOf(index)
    const path = parent.path === '' ? name : `${parent.path}/${name}`
    const requested = this.filter.requested?.match(path, parent.requested) ?? NO_MATCH
    const isAsked = this.filter.requested === null || requested.matched
    if (!isAsked && isDirectory && isPruned(this.requestedPruning, path)) return null
    const ignored = this.filter.ignore?.match(path, parent.ignored) ?? NO_MATCH
    if (ignored.matched) {
      if (isAsked) this.visitor.ignored?.(index, ignored)
      if (isDirectory && isPruned(this.ignorePruning, path)) return null
    }
    const isSent = isAsked && !ignored.matched
    if (isSent) this.send(index)
    if (!isDirectory) return null
    if (this.model.rareOf(index)?.unreadable !== undefined) this.visitor.unreadable?.(index)
    return {index, path, end: this.model.endOf(index), requested, ignored, isSent}
  }

  private send(index: number): void {
    // Once a directory is sent, so are those around it: look from the innermost outwards.
    let first = this.open.length
    while (!this.open[first - 1]!.isSent) first--
    for (const directory of this.open.slice(first)) {
      directory.isSent = true
      this.visitor.sent?.(directory.index)
    }
    this.visitor.sent?.(index)
  }
}

function isPruned(pruning: Pruning | null, path: string): boolean {
  return pruning?.isPossible === true && !pruning.mayHoldMatch(path)
}
