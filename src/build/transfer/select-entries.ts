import type {IgnoreRules} from '../../languages/ignore/ignore-rules.js'
import {type Match, NO_MATCH} from '../../languages/ignore/pattern-matcher.js'
import {askNames} from '../../tree/model/ask-names.js'
import type {FileTree} from '../../tree/model/file-tree.js'
import {type EntryFilter, visitEntries} from './visit-entries.js'

/** The entries that cross the wire. */
export interface Selection {
  /** Entries of the tree, in the order of the transfer. */
  entries: Uint32Array
  /** Files whose entry is sent without content: they arrive empty (docs/buildkit.md 3). */
  arrivesEmpty: ReadonlySet<number>
  /** Directories that Docker enters and cannot read: the build fails. */
  unreadable: readonly number[]
}

/** Selects what a filter lets cross. @throws IgnorePatternError when an entry reaches a broken pattern */
export function selectEntries(tree: FileTree, filter: EntryFilter): Selection {
  if (filter.ignore === null && filter.requested === null) return selectEverything(tree)
  const entries = new Uint32Array(tree.length)
  const unreadable: number[] = []
  let count = 0
  visitEntries(tree, filter, {
    sent(entry) {
      entries[count++] = entry
    },
    unreadable(entry) {
      unreadable.push(entry)
    },
  })
  // Room for a whole context is not kept for a part of it.
  const sent = count * 2 < entries.length ? entries.slice(0, count) : entries.subarray(0, count)
  return {entries: sent, arrivesEmpty: findEmptyArrivals(tree, filter, sent), unreadable}
}

/** Nothing to decide: no path needs to be put together, which is what takes the time. */
function selectEverything(tree: FileTree): Selection {
  const entries = new Uint32Array(tree.length)
  for (let entry = 0; entry < entries.length; entry++) entries[entry] = entry
  const unreadable = [...tree.rareEntries()].filter((entry) => tree.rareOf(entry)?.unreadable !== undefined)
  return {entries, arrivesEmpty: new Set(), unreadable: unreadable.sort((one, other) => one - other)}
}

/**
 * Docker decides once more when it opens a file, by a simpler rule: a pattern matches that matches the file or any
 * parent. Only a negation can set the two rules apart.
 */
function findEmptyArrivals(tree: FileTree, filter: EntryFilter, sent: Uint32Array): ReadonlySet<number> {
  const empty = new Set<number>()
  const isHeldBack = filter.ignore?.hasNegations ? createOpenRule(tree, filter.ignore) : null
  const isOpened = filter.requested?.hasNegations ? createOpenRule(tree, filter.requested) : null
  if (isHeldBack === null && isOpened === null) return empty
  for (const entry of sent) {
    if (tree.typeOf(entry) !== 'file') continue
    if (isHeldBack?.(entry) || isOpened?.(entry) === false) empty.add(entry)
  }
  return empty
}

/** The simpler rule for a file, with what holds for each directory kept. */
function createOpenRule(tree: FileTree, rules: IgnoreRules): (entry: number) => boolean {
  const mayMatch = askNames(tree, (name) => rules.mayMatchName(name))
  const states = new Map<number, Match>()
  const stateOf = (directory: number): Match => {
    if (directory < 0) return NO_MATCH
    let state = states.get(directory)
    if (state === undefined) {
      state = rules.matchAny(tree.pathOf(directory), stateOf(tree.parentOf(directory)))
      states.set(directory, state)
    }
    return state
  }
  return (entry) => {
    const state = stateOf(tree.parentOf(entry))
    // Of the patterns that match a parent, the last one decides.
    if (!mayMatch(entry)) return rules.patterns[state.bits.at(-1) ?? -1]?.negated === false
    return rules.match(tree.pathOf(entry), state).matched
  }
}
