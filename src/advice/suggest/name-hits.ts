import {baseName} from '../../languages/text/container-path.js'
import {matchesGlob} from '../../languages/text/matches-glob.js'
import type {FileTree} from '../../tree/model/file-tree.js'

/** Finds the entries of a whole tree that bear names of interest, in one pass. */
export type NameHits = (name: string) => readonly number[] | null

const NONE: readonly number[] = []

/** @param names basenames, plain globs or either behind directories (`vendor/bundle`); other globs are not looked for */
export function findNameHits(tree: FileTree, names: Iterable<string>): NameHits {
  const lasts = new Set([...names].map(lastOf))
  const globs = [...lasts].filter(isPlainGlob)
  const hitsOf = new Map<string, readonly number[]>(
    [...lasts].filter((last) => !isSpecial(last)).map((last) => [last, [...tree.entriesNamed(last)]]),
  )
  for (const [glob, numbers] of matchNames(tree, globs)) hitsOf.set(glob, tree.names.bearersOfAny(numbers))
  return (name) => {
    const last = lastOf(name)
    if (isSpecial(last) && !isPlainGlob(last)) return null
    const hits = hitsOf.get(last) ?? NONE
    if (last === name) return hits
    const above = name.slice(0, -last.length)
    if (isSpecial(above)) return null
    return hits.filter((entry) =>
      `/${tree.pathOf(entry)}`.slice(0, -tree.nameOf(entry).length).endsWith(`/${above}`),
    )
  }
}

/** The numbers of the names that each glob matches. */
function matchNames(tree: FileTree, globs: readonly string[]): Map<string, number[]> {
  return new Map(globs.map((glob) => [glob, tree.names.filter((name) => matchesGlob(glob, name))]))
}

function isSpecial(text: string): boolean {
  return /[*?[\]\\!#]/.test(text)
}

/** Tells whether a name is a glob with one star and something plain behind it: `*.log`, `test_*.py`. */
export function isPlainGlob(text: string): boolean {
  return /^[^*]*\*[^*]+$/.test(text) && !isSpecial(text.replace('*', ''))
}

function lastOf(name: string): string {
  return baseName(name)
}
