import type {Placement} from '../../languages/ignore/edit/edit-ignore-file.js'
import {ifSound} from '../../languages/ignore/if-sound.js'
import {
  createIgnorePattern,
  type IgnorePattern,
  parsePattern,
} from '../../languages/ignore/parse-ignore-file.js'
import {type Match, NO_MATCH, PatternMatcher} from '../../languages/ignore/pattern-matcher.js'
import {createPruning, dropTrailingWildcards} from '../../languages/ignore/pruning.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** Where a line goes, and the patterns that are then in force. */
export interface PlacedLine {
  placement: Placement
  patterns: readonly IgnorePattern[]
  /** Every path that it is meant for leaves, with all that lies below. */
  isWhole: boolean
}

/**
 * Chooses where a line goes: above the user's negations if it takes its paths out from there, else at the end
 * unless a negation speaks of these very paths.
 */
export function placeLine(
  tree: FileTree,
  patterns: readonly IgnorePattern[],
  text: string,
  roots: readonly number[],
): PlacedLine {
  const line = parsePattern(text)
  const firstNegation = patterns.findIndex(({negated}) => negated)
  if (firstNegation < 0) return {placement: 'before-negations', patterns: [...patterns, line], isWhole: true}
  const above = [...patterns.slice(0, firstNegation), line, ...patterns.slice(firstNegation)]
  const isWhole = takesOut(tree, above, roots)
  if (isWhole || isNamedByNegation(tree, patterns, roots)) {
    return {placement: 'before-negations', patterns: above, isWhole}
  }
  const below = [...patterns, line]
  return {placement: 'end', patterns: below, isWhole: takesOut(tree, below, roots)}
}

/** Tells whether patterns leave nothing of these subtrees. Not if one of them turns out broken there: the build would fail. */
function takesOut(tree: FileTree, patterns: readonly IgnorePattern[], roots: readonly number[]): boolean {
  return ifSound(() => leavesNothing(tree, patterns, roots)) ?? false
}

function leavesNothing(
  tree: FileTree,
  patterns: readonly IgnorePattern[],
  roots: readonly number[],
): boolean {
  const matcher = new PatternMatcher(patterns)
  const pruning = createPruning(patterns.filter(({negated}) => negated))
  return roots.every((root) => {
    const matches = new Map<number, Match>()
    const parent = tree.parentOf(root)
    matches.set(parent, parent < 0 ? NO_MATCH : matcher.matchPath(tree.pathOf(parent)))
    for (let index = root; index < tree.endOf(root); ) {
      const path = tree.pathOf(index)
      const match = matcher.match(path, matches.get(tree.parentOf(index)))
      if (!match.matched) return false
      const isSettled = pruning.isPossible && !pruning.mayHoldMatch(path)
      if (!isSettled && tree.isDirectory(index)) matches.set(index, match)
      index = isSettled ? tree.endOf(index) : index + 1
    }
    return true
  })
}

/** `!src` and `!src/**` speak of `src`; of `src/dist` speaks what matches it, or something in it, by itself. */
function isNamedByNegation(
  tree: FileTree,
  patterns: readonly IgnorePattern[],
  roots: readonly number[],
): boolean {
  const matchers = patterns
    .filter(({negated}) => negated)
    .map(({glob}) => new PatternMatcher([createIgnorePattern(dropTrailingWildcards(glob))]))
  return roots.some((root) => {
    for (let index = root; index < tree.endOf(root); index++) {
      const path = tree.pathOf(index)
      if (matchers.some((matcher) => ifSound(() => matcher.match(path).matched))) return true
    }
    return false
  })
}
