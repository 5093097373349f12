import {createEndingTest} from './ending-test.js'
import {ifSound} from './if-sound.js'
import {createIgnorePattern, type IgnorePattern} from './parse-ignore-file.js'
import {PatternMatcher} from './pattern-matcher.js'
import {createPruning, type Pruning} from './pruning.js'

/**
 * The rules of an ignore file, or of the paths that a build asks for, which Docker reads alike: the verdict on each
 * entry, the directories that Docker does not enter, and the names that no pattern is about. A rule number is the
 * place of a pattern in `patterns`.
 */
export class IgnoreRules extends PatternMatcher {
  private pruning: Pruning | null = null
  private endingTest: ((name: string) => boolean) | null = null

  /** @param returning the patterns that match below a directory that is out: negations, by default */
  constructor(
    patterns: readonly IgnorePattern[],
    private readonly returning = patterns.filter(({negated}) => negated),
  ) {
    super(patterns)
  }

  /** The rules of patterns that stand in no file, each as its text after cleaning. */
  static of(texts: readonly string[]): IgnoreRules {
    return new IgnoreRules(texts.map((text) => createIgnorePattern(text)))
  }

  /** The rules of requested paths: what matches is asked for, and any of them may match below what is not. */
  static ofRequests(paths: readonly string[]): IgnoreRules {
    const patterns = paths.map((path) => createIgnorePattern(path))
    return new IgnoreRules(patterns, patterns)
  }

  /** Whether Docker enters every directory, also an ignored one: one pattern in question has a wildcard. */
  get entersAll(): boolean {
    this.pruning ??= createPruning(this.returning)
    return !this.pruning.isPossible
  }

  /** Whether Docker enters a directory that is ignored, or not asked for (docs/buildkit.md 4). */
  enters(directory: string): boolean {
    this.pruning ??= createPruning(this.returning)
    return !this.pruning.isPossible || this.pruning.mayHoldMatch(directory)
  }

  /** Whether a pattern may match a path that ends in this name; if not, the verdict is that on its directory. */
  mayMatchName(name: string): boolean {
    this.endingTest ??= createEndingTest(this.patterns)
    return this.endingTest(name)
  }

  /** The verdict on a path, from nothing; null where the path reaches a broken pattern. */
  matchesPath(path: string): boolean | null {
    return ifSound(() => this.matchPath(path).matched)
  }
}
