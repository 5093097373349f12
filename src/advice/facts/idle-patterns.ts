import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'

/** What a user takes for ignore-file syntax, and Docker does not. */
export type Slip = 'inline-comment' | 'slash-comment' | 'indented-comment' | 'escaped-trailing-space'

/**
 * Says how the line of a pattern was probably meant; null if just as it reads.
 * @param line as written
 * @param matchCount what the pattern matches: one that matches is what it says
 */
export function findSlip(line: string, {text, negated}: IgnorePattern, matchCount: number): Slip | null {
  const written = line.replace(/\r$/, '')
  // "// dist" is read as "dist": that it matches makes it worse.
  if (/^\s*\/\/\s/.test(written)) return 'slash-comment'
  if (matchCount > 0) return null
  if (/^\s*\/\//.test(written)) return 'slash-comment'
  if (/^\s+#/.test(written)) return 'indented-comment'
  if (/\S\s+#/.test(written)) return 'inline-comment'
  const isEscaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(text)
  return isEscaped && !negated && /\\\s+$/.test(written) ? 'escaped-trailing-space' : null
}

/**
 * Says which pattern keeps Docker from ever seeing what this one could match: a directory on its way is not entered.
 * Null if it may match elsewhere too, as behind a wildcard that only happens to match nothing else today.
 */
export function findPruner(
  glob: string,
  prunedDirectories: ReadonlyMap<string, number>,
  patterns: readonly IgnorePattern[],
): number | null {
  const components = glob.split('/')
  for (let depth = 1; depth < components.length; depth++) {
    const directory = components.slice(0, depth)
    if (directory.at(-1)?.includes('**')) return null
    const by = findDirectory(directory.join('/'), prunedDirectories, patterns)
    if (by !== null) return by
  }
  return null
}

function findDirectory(
  glob: string,
  prunedDirectories: ReadonlyMap<string, number>,
  patterns: readonly IgnorePattern[],
): number | null {
  if (!/[*?[\\]/.test(glob)) return prunedDirectories.get(glob) ?? null
  if (patterns.some(({negated}) => negated)) return null
  const wider = ['*', glob, `**/${glob}`]
  const by = [...prunedDirectories.values()].find((number) => wider.includes(patterns[number]!.glob))
  return by ?? null
}
