/** One row of a table: what the catalogue must say of a path. */
export interface Row {
  /** `junk git-history`, or `none`. */
  expected: string
  path: string
  /** The whole tree, the path included. */
  tree: readonly string[]
  /** What the file holds. */
  content: string
}

/** Reads rows of the form `expected | path | other paths of the tree | content`; the last two may be missing. */
export function parseRows(table: string): Row[] {
  const lines = table.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const [expected = '', path = '', others = '', content = ''] = line.split('|').map((cell) => cell.trim())
    return {expected, path, tree: [path, ...others.split(' ').filter(Boolean)], content}
  })
}
