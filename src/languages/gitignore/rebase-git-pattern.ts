/**
 * Rewrites a line of a nested `.gitignore` as the root's own: `/dist` of `web` is `/web/dist`. With all files
 * in one list, weakest first, "the last match wins" is Git's precedence between files as well as within one.
 *
 * @returns null for a line without a pattern, and for one of slashes only, which matches nothing
 */
export function rebaseGitPattern(line: string, dir: string): string | null {
  if (line.startsWith('#')) return null
  const sign = line.startsWith('!') ? '!' : ''
  const body = line.slice(sign.length)
  const trimmed = body.replace(/ +$/, '')
  if (/^\/*$/.test(trimmed)) return null
  if (dir === '') return line

  const base = dir.replace(/[\\*?[\] !#]/g, '\\$&')
  const isAnchored = trimmed.slice(0, -1).includes('/')
  return `${sign}/${base}/${isAnchored ? body.replace(/^\//, '') : `**/${body}`}`
}
