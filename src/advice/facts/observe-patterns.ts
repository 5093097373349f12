/**
 * What each pattern of an ignore file does to a context, found in one pass over the entries that Docker visits.
 * Every pattern is matched against every path once; what would be without a pattern is worked out from those matches.
 */

import type {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {askNames} from '../../tree/model/ask-names.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import {applyPatterns, NOTHING_MATCHED, type PatternVerdict, unite} from './apply-patterns.js'

/** What one pattern does. */
export interface PatternUse {
  /** Entries that it matches itself, the other patterns not considered. */
  matchCount: number
  /** Without it, some entry would have another outcome. */
  isNeeded: boolean
  /** Rule numbers of the patterns that decide where this one matches and is not needed; -1 for none. */
  coveredBy: ReadonlySet<number>
  /** All that hold beside it, for an entry or for a file's content: they must stay if this one goes. */
  reliesOn: ReadonlySet<number>
}

/** What a negation brings back though an earlier line names it. */
export interface UndoneMatches {
  /** Number of the pattern that matches the entries. */
  pattern: number
  /** Number of the negation below it. */
  negation: number
  /** They differ in nothing but the negation. */
  isSame: boolean
  /** The entries that the pattern matches by itself, in order. */
  entries: readonly number[]
}

/** What an ignore file does, the Dockerfile not considered. */
export interface IgnoreUse {
  /** One for each pattern. */
  patterns: readonly PatternUse[]
  undone: readonly UndoneMatches[]
  /** For each entry of the tree: not 0 if it is ignored. What Docker does not visit is. */
  isIgnored: Uint8Array
  /** Directories that Docker does not enter, each with the rule number of the pattern that keeps it out. */
  prunedDirectories: ReadonlyMap<string, number>
  visitedCount: number
  /** Entries below ignored directories that Docker visits and ignores too. */
  vainCount: number
}

/** Observes the patterns of an ignore file at work. Those that are broken match nothing here. */
export function observePatterns(tree: FileTree, rules: IgnoreRules): IgnoreUse {
  if (rules.patterns.length === 0) {
    const isIgnored = new Uint8Array(tree.length)
    return {
      patterns: [],
      undone: [],
      isIgnored,
      prunedDirectories: new Map(),
      visitedCount: tree.length,
      vainCount: 0,
    }
  }
  return new Observation(tree, rules).run()
}

const NONE: readonly number[] = []

/** A directory whose contents are being visited. */
interface OpenDirectory {
  path: string
  end: number
  verdict: PatternVerdict
  /** The verdict had a pattern been missing, for those that have matched and are not known to be needed. */
  without: ReadonlyMap<number, PatternVerdict>
  /** Rule numbers of all patterns that match the directory or a parent, for the rule that decides on a file's content. */
  any: readonly number[]
}

interface GrowingPatternUse extends PatternUse {
  coveredBy: Set<number>
  reliesOn: Set<number>
}

class Observation {
  private readonly uses: GrowingPatternUse[]
  private readonly patterns: readonly IgnorePattern[]
  /** Whether an entry's name lets a pattern match it by itself. */
  private readonly mayMatch: (entry: number) => boolean
  private readonly isIgnored: Uint8Array
  private readonly pruned = new Map<string, number>()
  private readonly undone = new Map<string, UndoneMatches & {entries: number[]}>()
  private visitedCount = 0
  private vainCount = 0

  constructor(
    private readonly tree: FileTree,
    private readonly rules: IgnoreRules,
  ) {
    this.patterns = rules.patterns
    this.uses = rules.patterns.map(() => ({
      matchCount: 0,
      isNeeded: false,
      coveredBy: new Set(),
      reliesOn: new Set(),
    }))
    this.mayMatch = askNames(tree, (name) => rules.mayMatchName(name))
    this.isIgnored = new Uint8Array(tree.length).fill(1)
  }

  run(): IgnoreUse {
    const root = {path: '', end: this.tree.length, verdict: NOTHING_MATCHED, without: new Map(), any: []}
    const open: OpenDirectory[] = [root]
    let parent: OpenDirectory = root
    for (let entry = 0; entry < this.tree.length; ) {
      while (entry >= parent.end) {
        open.pop()
        parent = open.at(-1)!
      }
      const opened = this.visitEntry(entry, parent)
      if (opened === null) {
        entry = this.tree.endOf(entry)
        continue
      }
      open.push(opened)
      parent = opened
      entry++
    }
    const {uses: patterns, isIgnored, pruned: prunedDirectories, visitedCount, vainCount} = this
    const undone = [...this.undone.values()]
    return {patterns, undone, isIgnored, prunedDirectories, visitedCount, vainCount}
  }

  /** Decides on one entry; returns it opened if it is a directory that Docker enters. */
  private visitEntry(entry: number, parent: OpenDirectory): OpenDirectory | null {
    const isDirectory = this.tree.isDirectory(entry)
    const mayMatch = this.mayMatch(entry)
    if (!isDirectory && !mayMatch) {
      this.countVerdict(entry, parent.verdict, parent)
      if (this.rules.hasNegations && !parent.verdict.matched) this.checkContent(NONE, parent.any)
      return null
    }
    const name = this.tree.nameOf(entry)
    const path = parent.path === '' ? name : `${parent.path}/${name}`
    const own = mayMatch ? this.rules.matchAny(path).bits : NONE
    const verdict = applyPatterns(this.patterns, parent.verdict.bits, own)
    this.countVerdict(entry, verdict, parent)
    for (const number of own) this.uses[number]!.matchCount++
    if (!verdict.matched && verdict.decidedBy >= 0) this.recordUndone(entry, own, verdict.decidedBy)
    // What nothing matches by itself needs just what its directory needs.
    const without = own.length === 0 ? parent.without : this.tryWithout(own, verdict, parent)
    if (!isDirectory) {
      if (this.rules.hasNegations && !verdict.matched) this.checkContent(own, parent.any)
      return null
    }
    if (verdict.matched && !this.rules.enters(path)) {
      this.pruned.set(path, verdict.decidedBy)
      return null
    }
    return {path, end: this.tree.endOf(entry), verdict, without, any: unite(parent.any, own)}
  }

  private countVerdict(entry: number, {matched}: PatternVerdict, parent: OpenDirectory): void {
    this.visitedCount++
    if (!matched) this.isIgnored[entry] = 0
    else if (this.tree.parentOf(entry) !== ROOT && parent.verdict.matched) this.vainCount++
  }

  /**
   * A negation that matches a directory brings back all below it, also what an earlier line names: seldom what was meant.
   * One that names the entry itself says so, unless it is the very line that it negates.
   */
  private recordUndone(entry: number, own: readonly number[], negation: number): void {
    const {glob} = this.patterns[negation]!
    // a negation of everything names nothing, either
    const isInherited = !own.includes(negation) || /(?:^|\/)\*{1,2}$/.test(glob)
    for (const number of own) {
      const pattern = this.patterns[number]!
      const isSame = pattern.glob === glob
      // a plain name says more than a wildcard that takes it back
      const isPlain = !/[*?[\\]/.test(pattern.glob) && /[*?[\\]/.test(glob)
      const isUndone = isSame || isPlain || (isInherited && !isBroad(pattern.glob))
      if (number > negation || pattern.negated || !isUndone) continue
      const key = `${number} ${negation}`
      const known = this.undone.get(key) ?? {pattern: number, negation, isSame, entries: []}
      known.entries.push(entry)
      this.undone.set(key, known)
    }
  }

  /** Decides again without each pattern that plays a part here and is not known to be needed. */
  private tryWithout(
    own: readonly number[],
    verdict: PatternVerdict,
    parent: OpenDirectory,
  ): ReadonlyMap<number, PatternVerdict> {
    const without = new Map<number, PatternVerdict>()
    for (const number of unite(verdict.bits, own)) {
      const use = this.uses[number]!
      if (use.isNeeded) continue
      const above = parent.without.get(number) ?? parent.verdict
      const other = applyPatterns(this.patterns, above.bits, own, number)
      if (other.matched !== verdict.matched) {
        use.isNeeded = true
        continue
      }
      if (own.includes(number)) use.coveredBy.add(other.decidedBy)
      for (const one of other.bits) use.reliesOn.add(one)
      if (verdict.bits.includes(number)) without.set(number, other)
    }
    return without
  }

  /** The same for the simpler rule by which Docker decides on a file's content: every pattern that matches a parent counts. */
  private checkContent(own: readonly number[], above: readonly number[]): void {
    const isHeldBack = applyPatterns(this.patterns, above, own).matched
    for (const number of unite(above, own)) {
      const use = this.uses[number]!
      if (use.isNeeded) continue
      const other = applyPatterns(this.patterns, above, own, number)
      if (other.matched !== isHeldBack) use.isNeeded = true
      else for (const one of other.bits) use.reliesOn.add(one)
    }
  }
}

/** Takes out everything, or all of a directory, so that negations can let in what is wanted. */
function isBroad(glob: string): boolean {
  return /(^|\/)[*.]+$/.test(glob)
}
