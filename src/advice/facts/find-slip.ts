import type {IgnorePattern} from '../../languages/ignore/parse-ignore-file.js'

/** What somebody took for ignore-file syntax, and Docker does not. */
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
