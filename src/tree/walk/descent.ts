import {IgnorePatternError} from '../../errors.js'
import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'
import {type Match, NO_MATCH, PatternMatcher} from '../../languages/ignore/pattern-matcher.js'
import {createPruning, type Pruning} from '../../languages/ignore/pruning.js'

interface Rules {
  matcher: PatternMatcher
  pruning: Pruning
}

/** Decides which directories a walk enters: those that one of the ignore files in play lets Docker enter (docs/buildkit.md 4). */
export class Descent {
  /** What a walk hands down at the root: one state per ignore file. */
  readonly atRoot: readonly Match[]
  private readonly rules: readonly Rules[]

  /** @param patternSets the patterns of each ignore file; an empty set enters everything */
  constructor(patternSets: readonly (readonly IgnorePattern[])[]) {
    this.rules = patternSets.map((patterns) => ({
      matcher: new PatternMatcher(patterns),
      pruning: createPruning(patterns.filter(({negated}) => negated)),
    }))
    this.atRoot = patternSets.map(() => NO_MATCH)
  }

  /** The states below a directory, or null if no ignore file lets Docker enter it. */
  enter(path: string, parents: readonly Match[]): readonly Match[] | null {
    let isEntered = false
    const states = this.rules.map(({matcher, pruning}, number) => {
      const match = matchOrPass(matcher, path, parents[number]!)
      if (!match.matched || !pruning.isPossible || pruning.mayHoldMatch(path)) isEntered = true
      return match
    })
    return isEntered ? states : null
  }
}

/** A broken pattern stops nothing here: selecting entries meets it again, at the first path that reaches it. */
function matchOrPass(matcher: PatternMatcher, path: string, parent: Match): Match {
  try {
    return matcher.match(path, parent)
  } catch (error) {
    if (error instanceof IgnorePatternError) return parent
    throw error
  }
}
