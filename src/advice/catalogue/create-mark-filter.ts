import {isGlob} from '../../languages/text/matches-glob.js'
import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import type {CatalogueEntry, Evidence} from './catalogue-entry.js'

/** Tells whether a directory holds such a name. */
export type MarkFilter = (entry: number) => boolean

/**
 * Tells which directories hold a name without which none of the entries can mean them. Entries that go by what lies in
 * a directory, whatever its name, would else look into each one of a tree.
 * @param entries whose evidence asks for a name in the directory; any other makes every directory one to look into
 */
export function createMarkFilter(tree: FileTree, entries: readonly CatalogueEntry[]): MarkFilter {
  const marks = marksOf(entries)
  if (marks === null) return (entry) => tree.isDirectory(entry)
  let isMarked: Uint8Array | null = null
  return (entry) => {
    isMarked ??= findMarked(tree, marks)
    return isMarked[entry] === 1
  }
}

function findMarked(tree: FileTree, marks: ReadonlySet<string>): Uint8Array {
  const isMarked = new Uint8Array(tree.length)
  for (const mark of marks) {
    for (const entry of tree.entriesNamed(mark)) {
      const parent = tree.parentOf(entry)
      if (parent !== ROOT) isMarked[parent] = 1
    }
  }
  return isMarked
}

/** Names of which one must lie in a directory that any of the entries means; null where that cannot be said. */
function marksOf(entries: readonly CatalogueEntry[]): Set<string> | null {
  const needed = entries.map(({evidence}) => (evidence === undefined ? null : namesNeeded(evidence)))
  return needed.includes(null) ? null : new Set(needed.flatMap((names) => names!))
}

/** One of these must lie in the directory where the evidence holds; null where that cannot be said. */
function namesNeeded(evidence: Evidence): string[] | null {
  if ('contains' in evidence) return firstNames(evidence.contains.slice(0, 1))
  if ('containsAny' in evidence) return firstNames(evidence.containsAny)
  if ('any' in evidence) return joinAll(evidence.any.map(namesNeeded))
  if ('all' in evidence) return evidence.all.map(namesNeeded).find((names) => names !== null) ?? null
  return null
}

function joinAll(parts: readonly (string[] | null)[]): string[] | null {
  return parts.includes(null) ? null : parts.flatMap((names) => names!)
}

/** Of `bin/activate`, `bin` lies in the directory itself. */
function firstNames(paths: readonly string[]): string[] | null {
  const names = paths.map((path) => path.split('/')[0]!)
  return names.length === 0 || names.some(isGlob) ? null : names
}
