import {compilePattern} from '../../languages/ignore/compile-pattern.js'

/**
 * Says which pattern keeps Docker from ever seeing what this one could match: a directory on its way is not entered.
 * Null if it may match elsewhere too, as behind `**`.
 */
export function findPruner(glob: string, prunedDirectories: ReadonlyMap<string, number>): number | null {
  const components = glob.split('/')
  for (let depth = 1; depth < components.length; depth++) {
    const directory = components.slice(0, depth)
    if (directory.at(-1)?.includes('**')) return null
    const by = findDirectory(directory, prunedDirectories)
    if (by !== null) return by
  }
  return null
}

function findDirectory(
  components: readonly string[],
  prunedDirectories: ReadonlyMap<string, number>,
): number | null {
  const glob = components.join('/')
  if (!/[*?[\\]/.test(glob)) return prunedDirectories.get(glob) ?? null
  const {matches} = compilePattern(glob)
  for (const [path, number] of prunedDirectories) if (matches(path)) return number
  return null
}
