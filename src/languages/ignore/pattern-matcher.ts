import {IgnorePatternError} from '../../errors.js'
import {baseName} from '../text/container-path.js'
import {extensionOf} from '../text/extension-of.js'
import {type CompiledPattern, compileIgnorePattern} from './compile-pattern.js'
import type {IgnorePattern} from './parse-ignore-file.js'

/** The verdict on one entry, handed down to its children. */
export interface Match {
  /** Taken out (by an ignore file) or asked for (by requested paths). */
  readonly matched: boolean
  /** Rule numbers of the patterns that match here or matched a parent, ascending: Docker's one bit per pattern. */
  readonly bits: readonly number[]
  /** Rule number of the pattern that decided, -1 if none matched. */
  readonly decidedBy: number
}

/** What stands above every entry: nothing has matched. */
export const NO_MATCH: Match = {matched: false, bits: [], decidedBy: -1}

/**
 * Matches entries against patterns in order, parents first, as Docker does while it walks (docs/buildkit.md 3).
 * One class serves ignore files and requested paths: Docker reads both with the same rules.
 */
export class PatternMatcher {
  readonly hasNegations: boolean
  private readonly compiled: readonly CompiledPattern[]
  /** Rule numbers of exact patterns by path. */
  private readonly byPath = new Map<string, number[]>()
  /** Rule numbers of `**\/…/name` patterns by their last component. */
  private readonly byName = new Map<string, number[]>()
  /** Rule numbers of the other patterns that match in one directory only, by it: `logs/2024/*.log`. */
  private readonly byDirectory = new Map<string, number[]>()
  /** Rule numbers of those left whose matches end alike, by that: `*.log`. */
  private readonly byExtension = new Map<string, number[]>()
  /** Rule numbers of the patterns that must be tried against every path, ascending. */
  private readonly always: number[] = []
  /** The directory that was asked about last: paths beside each other are asked about in turn. */
  private lastDirectory: {path: string; match: Match} | null = null

  constructor(readonly patterns: readonly IgnorePattern[]) {
    this.hasNegations = patterns.some(({negated}) => negated)
    this.compiled = patterns.map(compileIgnorePattern)
    for (const [number, {plan, directory, extension}] of this.compiled.entries()) {
      if (plan.how === 'exact') append(this.byPath, plan.path, number)
      else if (plan.how === 'suffix' && plan.suffix.startsWith('/'))
        append(this.byName, baseName(plan.suffix), number)
      else if (directory !== '') append(this.byDirectory, directory, number)
      else if (extension !== '') append(this.byExtension, extension, number)
      else this.always.push(number)
    }
  }

  /**
   * Decides on an entry whose parent directory got `parent`.
   * @throws IgnorePatternError when the path reaches a pattern that Docker only then finds broken
   */
  match(path: string, parent: Match = NO_MATCH): Match {
    const candidates = this.candidates(path, parent.bits)
    if (candidates.length === 0) return NO_MATCH
    let matched = false
    let decidedBy = -1
    let inheritedAt = 0
    const bits: number[] = []
    for (const number of candidates) {
      const isInherited = parent.bits[inheritedAt] === number
      if (isInherited) inheritedAt++
      else if (!this.isTried(number, matched) || !this.tryPattern(number, path)) continue
      bits.push(number)
      matched = !this.patterns[number]!.negated
      decidedBy = number
    }
    if (bits.length === parent.bits.length && matched === parent.matched && decidedBy === parent.decidedBy)
      return parent
    return {matched, bits, decidedBy}
  }

  /**
   * The state for the simpler rule that Docker applies when it opens a file: which patterns match this directory or
   * one of its parents; the others do not matter. `match(file, that)` then gives that rule's verdict on a file in it.
   */
  matchAny(path: string, parent: Match = NO_MATCH): Match {
    const bits = this.candidates(path, parent.bits).filter(
      (number) => parent.bits.includes(number) || this.compiled[number]!.matches(path),
    )
    return bits.length === parent.bits.length ? parent : {matched: false, bits, decidedBy: -1}
  }

  /** Decides on a path from nothing: the verdicts along its parents, its own last. */
  matchPath(path: string): Match {
    const slash = path.lastIndexOf('/')
    if (slash < 0) return this.match(path)
    const directory = path.slice(0, slash)
    if (this.lastDirectory?.path !== directory)
      this.lastDirectory = {path: directory, match: this.matchAlong(directory)}
    return this.match(path, this.lastDirectory.match)
  }

  private matchAlong(path: string): Match {
    let match = NO_MATCH
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      match = this.match(path.slice(0, slash), match)
    }
    return this.match(path, match)
  }

  /** Tells whether a file's content would be held back though the walk sends its entry (it arrives empty). */
  holdsBackContent(path: string): boolean {
    let state = NO_MATCH
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      state = this.matchAny(path.slice(0, slash), state)
    }
    return this.match(path, state).matched
  }

  /** An ignoring pattern is tried while the entry is not ignored, a negation only while it is. */
  private isTried(number: number, matched: boolean): boolean {
    return this.patterns[number]!.negated === matched
  }

  private tryPattern(number: number, path: string): boolean {
    const {problem, matches} = this.compiled[number]!
    if (problem !== null) {
      const {text, line} = this.patterns[number]!
      throw new IgnorePatternError(text, line, path, problem)
    }
    return matches(path)
  }

  /** Rule numbers of the patterns that may match a path, with the inherited ones, ascending. */
  private candidates(path: string, inherited: readonly number[]): readonly number[] {
    const exact = this.byPath.size > 0 ? this.byPath.get(path) : undefined
    const named = this.byName.size > 0 ? this.byName.get(baseName(path)) : undefined
    const inside = this.byDirectory.size > 0 ? this.listInside(path) : undefined
    const ending = this.byExtension.size > 0 ? this.byExtension.get(extensionOf(path)) : undefined
    if (exact === undefined && named === undefined && inside === undefined && ending === undefined) {
      if (inherited.length === 0) return this.always
      if (this.always.length === 0) return inherited
    }
    const all = new Set([
      ...inherited,
      ...this.always,
      ...(exact ?? []),
      ...(named ?? []),
      ...(inside ?? []),
      ...(ending ?? []),
    ])
    return [...all].sort((a, b) => a - b)
  }

  /** Rule numbers of the patterns that match only in a directory around a path. */
  private listInside(path: string): readonly number[] | undefined {
    let found: readonly number[] | undefined
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const numbers = this.byDirectory.get(path.slice(0, slash))
      if (numbers !== undefined) found = found === undefined ? numbers : [...found, ...numbers]
    }
    return found
  }
}

function append(index: Map<string, number[]>, key: string, number: number): void {
  const numbers = index.get(key)
  if (numbers === undefined) index.set(key, [number])
  else numbers.push(number)
}
