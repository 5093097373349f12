import type {Placement} from '../../languages/ignore/edit/edit-ignore-file.js'
import {ifSound} from '../../languages/ignore/if-sound.js'
import {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {type IgnorePattern, parsePattern} from '../../languages/ignore/parse-ignore-file.js'
import {type Match, NO_MATCH} from '../../languages/ignore/pattern-matcher.js'
import {dropTrailingWildcards} from '../../languages/ignore/pruning.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/**
 * Where a line goes. `isWhole`: every path that it is meant for leaves, with all that lies below; else `rules` are those
 * then in force.
 */
export type PlacedLine = {placement: Placement} & ({isWhole: true} | {isWhole: false; rules: IgnoreRules})

/**
 * Chooses where a line goes: above the user's negations if it takes its paths out from there, else at the end
 * unless a negation names these very paths.
 */
export function placeLine(
  tree: FileTree,
  patterns: readonly IgnorePattern[],
  text: string,
  roots: readonly number[],
): PlacedLine {
  const line = parsePattern(text)
  const firstNegation = patterns.findIndex(({negated}) => negated)
  if (firstNegation < 0) return {placement: 'before-negations', isWhole: true}
  const above = new IgnoreRules(patterns.toSpliced(firstNegation, 0, line))
  if (takesOut(tree, above, roots)) return {placement: 'before-negations', isWhole: true}
  if (isNamedByNegation(tree, patterns, roots)) {
    return {placement: 'before-negations', isWhole: false, rules: above}
  }
  const below = new IgnoreRules([...patterns, line])
  return takesOut(tree, below, roots)
    ? {placement: 'end', isWhole: true}
    : {placement: 'end', isWhole: false, rules: below}
}

/** Tells whether rules leave nothing of these subtrees; false where a path reaches a broken pattern, as the build would fail. */
function takesOut(tree: FileTree, rules: IgnoreRules, roots: readonly number[]): boolean {
  return ifSound(() => leavesNothing(tree, rules, roots)) ?? false
}

function leavesNothing(tree: FileTree, rules: IgnoreRules, roots: readonly number[]): boolean {
  return roots.every((root) => {
    const matches = new Map<number, Match>()
    const parent = tree.parentOf(root)
    matches.set(parent, parent < 0 ? NO_MATCH : rules.matchPath(tree.pathOf(parent)))
    for (let entry = root; entry < tree.endOf(root); ) {
      const path = tree.pathOf(entry)
      const match = rules.match(path, matches.get(tree.parentOf(entry)))
      if (!match.matched) return false
      const isSettled = !rules.enters(path)
      if (!isSettled && tree.isDirectory(entry)) matches.set(entry, match)
      entry = isSettled ? tree.endOf(entry) : entry + 1
    }
    return true
  })
}

/** `!src` and `!src/**` name `src`, and not `src/dist`: only what matches that path, or something in it, by itself does. */
function isNamedByNegation(
  tree: FileTree,
  patterns: readonly IgnorePattern[],
  roots: readonly number[],
): boolean {
  const negations = patterns.filter(({negated}) => negated)
  const named = IgnoreRules.of(negations.map(({glob}) => dropTrailingWildcards(glob)))
  return roots.some((root) => {
    for (let entry = root; entry < tree.endOf(root); entry++) {
      if (named.matchAny(tree.pathOf(entry)).bits.length > 0) return true
    }
    return false
  })
}
