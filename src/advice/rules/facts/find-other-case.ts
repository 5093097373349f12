import {createIgnorePattern} from '../../../ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../../ignore/pattern-matcher.js'
import type {RuleFacts} from './rule-facts.js'

/** Escapes and classes mean something else in other letters: such patterns are not looked at. */
const CASE_MATTERS = /[\\[]/

/**
 * Finds for each of these patterns a path that it would match if capitals did not count, and that the rest of the
 * ignore file does not treat as the pattern would.
 */
export function findOtherCase(
  {model, patterns, ignoreUse}: RuleFacts,
  numbers: readonly number[],
): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  const tried = numbers.filter((number) => !CASE_MATTERS.test(patterns[number]!.glob))
  if (tried.length === 0) return found
  const matcher = new PatternMatcher(
    tried.map((number) => createIgnorePattern(patterns[number]!.glob.toLowerCase())),
  )
  for (let index = 0; index < model.length && found.size < tried.length; index++) {
    const path = model.pathOf(index)
    for (const bit of matcher.matchAny(path.toLowerCase()).bits) {
      const number = tried[bit]!
      const isMissed = patterns[number]!.negated === (ignoreUse.isIgnored[index] === 1)
      if (isMissed && !found.has(number)) found.set(number, path)
    }
  }
  return found
}
