import {IgnorePatternError} from '../../errors.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {type Match, NO_MATCH} from '../../languages/ignore/pattern-matcher.js'

/** Decides which directories a walk enters: those that one of the ignore files in play lets Docker enter (docs/buildkit.md 4). */
export class Descent {
  /** What a walk hands down at the root: one state per ignore file. */
  readonly atRoot: readonly Match[]
  private readonly ruleSets: readonly IgnoreRules[]

  /** @param patternSets the patterns of each ignore file; an empty set enters everything */
  constructor(patternSets: readonly (readonly IgnorePattern[])[]) {
    this.ruleSets = patternSets.map((patterns) => new IgnoreRules(patterns))
    this.atRoot = patternSets.map(() => NO_MATCH)
  }

  /** The states below a directory, or null if no ignore file lets Docker enter it. */
  enter(path: string, parents: readonly Match[]): readonly Match[] | null {
    let isEntered = false
    const states = this.ruleSets.map((rules, number) => {
      const match = matchOrPass(rules, path, parents[number]!)
      if (!match.matched || rules.enters(path)) isEntered = true
      return match
    })
    return isEntered ? states : null
  }
}

/** A broken pattern does not stop the walk: selecting entries reports it at the first path that reaches it. */
function matchOrPass(rules: IgnoreRules, path: string, parent: Match): Match {
  try {
    return rules.match(path, parent)
  } catch (error) {
    if (error instanceof IgnorePatternError) return parent
    throw error
  }
}
