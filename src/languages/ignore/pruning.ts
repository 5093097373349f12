import type {IgnorePattern} from './parse-ignore-file.js'

/** Decides which directories Docker does not enter. */
export interface Pruning {
  /** False as soon as one pattern holds a wildcard: then Docker enters every directory. */
  readonly isPossible: boolean
  /** Tells whether something below this directory may match one of the patterns. */
  mayHoldMatch(directory: string): boolean
}

const WILDCARDS = /[*?[\]^\\]/

/**
 * Prepares the question for a set of patterns (the negations of an ignore file, or the requested paths): with only
 * literal ones it is decided by prefix (docs/buildkit.md 4).
 */
export function createPruning(patterns: readonly IgnorePattern[]): Pruning {
  const directories = new Set<string>()
  for (const {glob} of patterns) {
    const literal = dropTrailingWildcards(glob)
    if (WILDCARDS.test(literal)) return {isPossible: false, mayHoldMatch: () => true}
    for (let end = literal.length; end > 0; end = literal.lastIndexOf('/', end - 1)) {
      directories.add(literal.slice(0, end))
    }
  }
  return {isPossible: true, mayHoldMatch: (directory) => directories.has(directory)}
}

/** `src/**` and `src/*` are decided by `src`. */
export function dropTrailingWildcards(glob: string): string {
  return glob.replace(/\/\*\*$/, '').replace(/\/\*$/, '')
}

/** Tells whether a negation makes Docker enter every ignored directory. */
export function defeatsPruning(pattern: IgnorePattern): boolean {
  return pattern.negated && WILDCARDS.test(dropTrailingWildcards(pattern.glob))
}
