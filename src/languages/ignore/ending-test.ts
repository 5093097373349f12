import {baseName} from '../text/container-path.js'
import {compileIgnorePattern} from './compile-pattern.js'
import type {IgnorePattern} from './parse-ignore-file.js'
import {PatternMatcher} from './pattern-matcher.js'

/** What an expression reads in its own way: a slash may hide in it, or it ends early. */
const NOT_PLAIN = /[[\]\\{}|^\uFEFF]/

/**
 * Prepares a question that settles most paths by their last component: may one of the patterns match a path that ends
 * in this name? If not, the verdict on the path is the one on its directory. The answer is yes for every name where a
 * pattern is broken, as any path reaches it, and where one matches any last component: `src/**`.
 */
export function createEndingTest(patterns: readonly IgnorePattern[]): (name: string) => boolean {
  if (patterns.some(isOpenEnded)) return () => true
  // Many lines end alike, such as in `*.log`.
  const endings = new Map(patterns.map((pattern) => [endingOf(pattern), pattern]))
  const matcher = new PatternMatcher(
    [...endings].map(([glob, pattern]) => ({...pattern, negated: false, glob})),
  )
  return (name) => matcher.matchAny(name).bits.length > 0
}

/** Tells whether what stands last in a pattern need not be what stands last in a path. */
function isOpenEnded(pattern: IgnorePattern): boolean {
  const {glob} = pattern
  if (NOT_PLAIN.test(glob) || compileIgnorePattern(pattern).problem !== null) return true
  const ending = endingOf(pattern)
  if (ending === '' || ending === '*' || ending === '**') return true
  // `a**/b` matches `ab`, too: only by itself do two stars stand for whole directories.
  return glob.split('/').some((component) => component.includes('**') && component !== '**')
}

function endingOf({glob}: IgnorePattern): string {
  return baseName(glob)
}
