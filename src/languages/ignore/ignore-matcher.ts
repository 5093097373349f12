import type {IgnoreFile, IgnorePattern} from './parse-ignore-file.js'
import {PatternMatcher} from './pattern-matcher.js'

/** What an ignore file says about a path. */
export interface IgnoreDecision {
  ignored: boolean
  /** The pattern that decided; absent where none matched the path or a parent. */
  pattern?: {text: string; line: number; negated: boolean}
}

/** Answers for single paths; the walk uses `PatternMatcher` itself. */
export interface IgnoreMatcher {
  /**
   * @param path relative to the context, `/`-separated
   * @throws IgnorePatternError when the path reaches a pattern that is broken in a way Docker only then notices
   */
  decide(path: string): IgnoreDecision
}

/** Makes a matcher of an ignore file. */
export function createIgnoreMatcher(file: IgnoreFile): IgnoreMatcher {
  const matcher = new PatternMatcher(file.patterns)
  return {
    decide(path) {
      const {matched, decidedBy} = matcher.matchPath(path)
      const pattern = file.patterns[decidedBy]
      return pattern === undefined
        ? {ignored: matched}
        : {ignored: matched, pattern: describePattern(pattern)}
    },
  }
}

function describePattern({text, line, negated}: IgnorePattern): {
  text: string
  line: number
  negated: boolean
} {
  return {text, line, negated}
}
