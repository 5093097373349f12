import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {askNames} from '../../tree/model/ask-names.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import type {IgnoreUse} from './observe-patterns.js'

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
  for (let index = 0; index < tree.length && found.size < tried.length; index++) {
    if (!mayMatch(index)) continue
    const path = tree.pathOf(index)
    for (const bit of lowered.matchAny(path.toLowerCase()).bits) {
      const number = tried[bit]!
      const isMissed = patterns[number]!.negated === (isIgnored[index] === 1)
      if (isMissed && !found.has(number)) found.set(number, path)
    }
  }
  return found
}
