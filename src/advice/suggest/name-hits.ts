import {matchesGlob} from '../../languages/text/matches-glob.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** Finds the entries of a whole tree that bear names of interest, in one pass. */
export type NameHits = (name: string) => readonly number[] | null

const NONE: readonly number[] = []

/** @param names basenames, plain globs or either behind directories (`vendor/bundle`); other globs are not looked for */
export function findNameHits(tree: FileTree, names: Iterable<string>): NameHits {
  const exact = new Map<string, number[]>()
  const globs = new Map<string, number[]>()
  for (const name of names) {
    const last = lastOf(name)
    if (!isSpecial(last)) exact.set(last, [])
    else if (isPlainGlob(last)) globs.set(last, [])
  }
  if (exact.size + globs.size > 0) collectHits(tree, exact, globs)
  return (name) => {
    const last = lastOf(name)
    if (isSpecial(last) && !isPlainGlob(last)) return null
    const hits = (isPlainGlob(last) ? globs.get(last) : exact.get(last)) ?? NONE
    if (last === name) return hits
    const above = name.slice(0, -last.length)
    if (isSpecial(above)) return null
    return hits.filter((entry) =>
      `/${tree.pathOf(entry)}`.slice(0, -tree.nameOf(entry).length).endsWith(`/${above}`),
    )
  }
}

/** Asks of each distinct name once which lists its bearers go to. */
function collectHits(
  tree: FileTree,
  exact: ReadonlyMap<string, number[]>,
  globs: ReadonlyMap<string, number[]>,
): void {
  const {names} = tree
  const lists: (number[][] | null)[] = []
  for (let number = 0; number < names.count; number++) {
    const name = names.textOf(number)
    const own = exact.get(name)
    const found = own === undefined ? [] : [own]
    for (const [glob, hits] of globs) if (matchesGlob(glob, name)) found.push(hits)
    lists.push(found.length === 0 ? null : found)
  }
  for (let entry = 0, {length} = tree; entry < length; entry++) {
    const found = lists[names.numberOf(entry)]
    if (found) for (const hits of found) hits.push(entry)
  }
}

function isSpecial(text: string): boolean {
  return /[*?[\]\\!#]/.test(text)
}

/** Tells whether a name is a glob with one star and something plain behind it: `*.log`, `test_*.py`. */
export function isPlainGlob(text: string): boolean {
  return /^[^*]*\*[^*]+$/.test(text) && !isSpecial(text.replace('*', ''))
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
