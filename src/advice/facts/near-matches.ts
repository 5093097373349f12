import type {Selection} from '../../build/transfer/select-entries.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {askNames} from '../../tree/model/ask-names.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import type {Classifier} from '../catalogue/classifier.js'
import type {IgnoreUse} from './observe-patterns.js'

/** What patterns are held against. */
export interface DeeperMatchInput {
  readonly tree: FileTree
  readonly patterns: readonly IgnorePattern[]
  readonly selection: Selection
  /** The lines of the ignore file as written, without their ends. */
  readonly ignoreLines: readonly string[]
  /** What an entry is by its name and what surrounds it. */
  readonly classify: Classifier
}

/** Names that mean the same wherever they stand. */
const UNMISTAKABLE = /^(?:node_modules|__pycache__|\*?\.[^/]+)$/

/**
 * Finds what patterns without a slash leave out because Docker, unlike Git, matches them at the root alone: for each
 * such pattern the topmost entries of that name that lie deeper and are sent. A leading slash says that it is meant so.
 */
export function findDeeperMatches(facts: DeeperMatchInput): ReadonlyMap<number, readonly number[]> {
  const {tree, patterns, selection} = facts
  const tried = [...patterns.keys()].filter((number) => isGitStyle(facts, number))
  const found = new Map<number, number[]>()
  if (tried.length === 0) return found
  const deeper = IgnoreRules.of(tried.map((number) => `**/${patterns[number]!.glob}`))
  const mayMatch = askNames(tree, (name) => deeper.mayMatchName(name))
  for (const entry of selection.entries) {
    if (tree.parentOf(entry) === ROOT || !mayMatch(entry)) continue
    for (const bit of deeper.matchAny(tree.pathOf(entry)).bits) {
      const number = tried[bit]!
      if (!UNMISTAKABLE.test(patterns[number]!.glob) && !isLitter(facts, entry)) continue
      const missed = found.get(number)
      if (missed === undefined) found.set(number, [entry])
      else if (entry >= tree.endOf(missed.at(-1)!)) missed.push(entry)
    }
  }
  return found
}

function isGitStyle({patterns, ignoreLines}: DeeperMatchInput, number: number): boolean {
  const {glob, negated, line} = patterns[number]!
  if (negated || glob.includes('/') || glob.includes('**') || /^[*?.]*$/.test(glob)) return false
  return !(ignoreLines[line - 1] ?? '').trimStart().startsWith('/')
}

function isLitter({classify}: DeeperMatchInput, entry: number): boolean {
  const disposition = classify(entry)?.disposition
  return disposition !== undefined && disposition !== 'doubtful'
}

/** Escapes and classes mean something else in other letters: such patterns are not looked at. */
const CASE_MATTERS = /[\\[]/

/**
 * Finds for each pattern that matches nothing a path that it would match if capitals did not count, and that the rest of the
 * ignore file does not treat as the pattern would.
 */
export function findOtherCase(
  tree: FileTree,
  patterns: readonly IgnorePattern[],
  {patterns: uses, isIgnored}: IgnoreUse,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  const tried = [...patterns.keys()].filter(
    (number) => uses[number]!.matchCount === 0 && !CASE_MATTERS.test(patterns[number]!.glob),
  )
  if (tried.length === 0) return found
  const lowered = IgnoreRules.of(tried.map((number) => patterns[number]!.glob.toLowerCase()))
  const mayMatch = askNames(tree, (name) => lowered.mayMatchName(name.toLowerCase()))
  for (let entry = 0; entry < tree.length && found.size < tried.length; entry++) {
    if (!mayMatch(entry)) continue
    const path = tree.pathOf(entry)
    for (const bit of lowered.matchAny(path.toLowerCase()).bits) {
      const number = tried[bit]!
      const isMissed = patterns[number]!.negated === (isIgnored[entry] === 1)
      if (isMissed && !found.has(number)) found.set(number, path)
    }
  }
  return found
}
