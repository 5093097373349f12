/** Says of each pattern of an ignore file what becomes of it, one thing only: so no two rules complain of the same line. */
import {compileIgnorePattern} from '../../languages/ignore/compile-pattern.js'
import {type ForeignSyntax, findForeignSyntax} from '../../languages/ignore/foreign-syntax.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {baseName} from '../../languages/text/container-path.js'
import type {ContextFacts} from './context-facts.js'
import {findMeantPath} from './find-near-path.js'
import {findPruner, findSlip, type Slip} from './idle-patterns.js'
import {findDeeperMatches} from './near-matches.js'
import type {PatternUse} from './observe-patterns.js'
import {isWellKnown} from './well-known-names.js'

/** Numbers are rule numbers; paths are examples. */
export type PatternOutcome =
  /** It does something, or its day may come. */
  | {kind: 'works'}
  /** Docker fails if an entry ever reaches it. */
  | {kind: 'broken'; problem: string}
  | {kind: 'slip'; slip: Slip; matchCount: number}
  | {kind: 'duplicate'; of: number}
  /** It matches nothing, but this path does if capitals do not count. */
  | {kind: 'other-case'; path: string}
  /** It would match what lies deeper, if it were written so. */
  | {kind: 'root-only'; missed: readonly number[]}
  | {kind: 'shadowed'; by: number}
  /** A negation without effect. */
  | {kind: 'useless'; why: 'matches-nothing' | 'nothing-ignored' | 'overruled'}
  /** It matches nothing; `syntax`: it was written for another program; `near`: what it was probably to keep out, and is sent. */
  | {kind: 'dead'; syntax: ForeignSyntax | null; near: string | null}

const WORKS: PatternOutcome = {kind: 'works'}

/** Each takes as long as there are lines in Git's ignore files. */
const MAX_GIT_QUESTIONS = 200

/** Finds the outcome of each pattern of the ignore file in force. */
export function findPatternOutcomes(facts: ContextFacts): PatternOutcome[] {
  return new PatternOutcomes(facts).find()
}

class PatternOutcomes {
  private readonly patterns: readonly IgnorePattern[]
  private readonly uses: readonly PatternUse[]
  /** Patterns found superfluous, and those that do their work: only one of the two may be called so. */
  private readonly dropped = new Set<number>()
  private readonly kept = new Set<number>()
  private gitQuestions = 0
  private deeperMatches: ReadonlyMap<number, readonly number[]> = new Map()

  constructor(private readonly facts: ContextFacts) {
    this.patterns = facts.patterns
    this.uses = facts.ignoreUse.patterns
  }

  find(): PatternOutcome[] {
    this.deeperMatches = findDeeperMatches(this.facts)
    const outcomes: PatternOutcome[] = this.patterns.map(() => WORKS)
    for (const number of this.orderBySuspicion()) outcomes[number] = this.findOne(number)
    return outcomes
  }

  /** Of two that do the same, the plainer one is called superfluous, else the later one. */
  private orderBySuspicion(): number[] {
    const wildness = (number: number) => Number(hasWildcard(this.patterns[number]!.glob))
    return this.numbersWhere(() => true).sort((one, other) => wildness(one) - wildness(other) || other - one)
  }

  private findOne(number: number): PatternOutcome {
    const pattern = this.patterns[number]!
    const use = this.uses[number]!
    const {problem} = compileIgnorePattern(pattern)
    if (problem !== null) return {kind: 'broken', problem}
    const slip = findSlip(this.facts.ignoreLines[pattern.line - 1] ?? '', pattern, use.matchCount)
    if (slip !== null) return {kind: 'slip', slip, matchCount: use.matchCount}
    if (use.isNeeded) return this.findMissed(number) ?? WORKS
    const of = this.findFirstLike(pattern, number)
    if (use.matchCount === 0) return of === null ? this.findIdle(number) : {kind: 'duplicate', of}
    const others = [...use.reliesOn]
    if (this.kept.has(number) || others.some((other) => this.dropped.has(other))) return WORKS
    const outcome = of === null ? this.findSuperfluous(number) : ({kind: 'duplicate', of} as const)
    if (outcome.kind === 'works') return outcome
    this.dropped.add(number)
    for (const other of others) this.kept.add(other)
    return outcome
  }

  /** Of a pattern that matches nothing. */
  private findIdle(number: number): PatternOutcome {
    const {glob, negated} = this.patterns[number]!
    const syntax = findForeignSyntax(this.readText(number))
    if (syntax !== null) return {kind: 'dead', syntax, near: null}
    const path = this.facts.ignoreFacts.otherCases.get(number)
    if (path !== undefined) return {kind: 'other-case', path}
    if (negated) return this.isExpected(glob) ? WORKS : {kind: 'useless', why: 'matches-nothing'}
    const by = findPruner(glob, this.facts.ignoreUse.prunedDirectories, this.patterns)
    if (by !== null) return {kind: 'shadowed', by}
    const missed = this.findMissed(number)
    if (missed !== null) return missed
    const dotted = this.findDotted(glob)
    if (dotted !== null) return {kind: 'dead', syntax: null, near: dotted}
    if (this.isExpected(glob) || isPrecaution(glob)) return WORKS
    const meant = findMeantPath(this.facts.tree, glob)
    // a name that is only alike is another thing, which a build may need
    const isMoved = meant !== null && baseName(meant) === baseName(glob) && this.isSent(meant)
    return {kind: 'dead', syntax: null, near: isMoved ? meant : null}
  }

  /** A directory of the same name with a dot before it, or without, that is sent. */
  private findDotted(glob: string): string | null {
    if (hasWildcard(glob)) return null
    const path = glob.replace(
      /(^|\/)(\.?)([^/.][^/]*)$/,
      (_, slash, dot, name) => `${slash}${dot === '' ? '.' : ''}${name}`,
    )
    const entry = this.facts.tree.find(path)
    return entry >= 0 && this.facts.tree.isDirectory(entry) && this.isSent(path) ? path : null
  }

  /** Whether the ignore file leaves it. */
  private isSent(path: string): boolean {
    const {tree, ignoreUse} = this.facts
    return ignoreUse.isIgnored[tree.find(path)] === 0
  }

  /** The line as written, without its `!`. */
  private readText(number: number): string {
    const {line, text} = this.patterns[number]!
    return (this.facts.ignoreLines[line - 1] ?? text).trim().replace(/^!\s*/, '')
  }

  private findMissed(number: number): PatternOutcome | null {
    const missed = this.deeperMatches.get(number)
    return missed === undefined ? null : {kind: 'root-only', missed}
  }

  /** What matches something and changes nothing. A wildcard that is there in case is left in peace. */
  private findSuperfluous(number: number): PatternOutcome {
    const {glob, negated} = this.patterns[number]!
    const {coveredBy} = this.uses[number]!
    if (negated) return this.findUseless(coveredBy)
    const [by = -1] = coveredBy
    if (coveredBy.has(-1)) return WORKS
    // what a negation takes back is undone, not superfluous
    if (this.patterns[by]?.negated && this.facts.ignoreUse.undone.some(({pattern}) => pattern === number))
      return WORKS
    return hasWildcard(glob) && !this.isPlainlyCovered(number, coveredBy) ? WORKS : {kind: 'shadowed', by}
  }

  /** Whether a wildcard pattern is covered by what it says, not by what happens to be there. */
  private isPlainlyCovered(number: number, coveredBy: ReadonlySet<number>): boolean {
    const {glob} = this.patterns[number]!
    const [by = -1, ...others] = coveredBy
    const other = this.patterns[by]?.glob
    if (other === undefined || others.length > 0) return false
    if (other === `**/${glob}` || glob.startsWith(`${other}/`)) return true
    return hasWildcard(other) && !isWellKnown(glob)
  }

  private findUseless(coveredBy: ReadonlySet<number>): PatternOutcome {
    const deciders = [...coveredBy].filter((other) => other >= 0)
    const by = deciders.find((other) => this.patterns[other]!.negated)
    if (by !== undefined) return {kind: 'shadowed', by}
    return {kind: 'useless', why: deciders.length > 0 ? 'overruled' : 'nothing-ignored'}
  }

  private findFirstLike({glob, negated}: IgnorePattern, number: number): number | null {
    const first = this.patterns.findIndex((other) => other.glob === glob && other.negated === negated)
    return first < number ? first : null
  }

  /** Something well known, or below it, unless the place where it is expected does not exist; or what Git ignores as well. */
  private isExpected(glob: string): boolean {
    const path = glob.replace(/^\*\*\//, '').replace(/\/\*\*$/, '')
    if (!hasWildcard(path) && this.isGitIgnored(path)) return true
    const parent = glob.replace(/\/\*{1,2}$/, '').replace(/\/?[^/]*$/, '')
    if (listPrefixes(parent).some((prefix) => isWellKnown(prefix))) return true
    if (!isWellKnown(glob)) return false
    return parent === '' || hasWildcard(parent) || this.facts.tree.find(parent) >= 0
  }

  /** A build, or something else that comes and goes, is going to put it there. */
  private isGitIgnored(path: string): boolean {
    const {gitIgnore} = this.facts.input
    const isPath = path.split('/').every((name) => !['', '.', '..'].includes(name))
    if (!gitIgnore || !isPath || this.gitQuestions++ >= MAX_GIT_QUESTIONS) return false
    // What a user's own settings ignore is not the same on another machine.
    return [false, true].some(
      (isDirectory) => gitIgnore.isIgnored(path, isDirectory).by?.source === 'gitignore',
    )
  }

  private numbersWhere(test: (number: number) => boolean): number[] {
    return [...this.patterns.keys()].filter(test)
  }
}

/** Names of a kind, at the root or wherever they are: such a line is there in case. `*.seed`, `.pytest*` */
function isPrecaution(glob: string): boolean {
  return /^(?:\*\*\/)?[^/]*[*?][^/]*$/.test(glob) && /\w/.test(glob)
}

function hasWildcard(glob: string): boolean {
  return /[*?[\\]/.test(glob)
}

/** `a`, `a/b`, `a/b/c`. */
function listPrefixes(path: string): string[] {
  return path.split('/').map((_, depth, names) => names.slice(0, depth + 1).join('/'))
}
