/**
 * What Git ignores, from the text of its ignore files: `.gitignore` at every depth, `.git/info/exclude`, the global
 * excludes. Not what Git tracks: a tracked file may be ignored. Tested against `git check-ignore`.
 */
import ignore, {type Ignore} from 'ignore'
import {rebaseGitPattern} from './rebase-git-pattern.js'

/** One file of patterns. */
export interface GitIgnoreFile {
  /** Where its patterns are anchored, relative to the repository root: `''` for the root, `a/b` below. */
  dir: string
  content: string
  /** Deeper `.gitignore` files win over shallower ones, any of them over `exclude`, that over `global`. */
  source?: 'gitignore' | 'exclude' | 'global'
}

export interface GitIgnoreOptions {
  /** The build context relative to the repository root, where it is not the root: paths are asked for below it. */
  prefix?: string
  /** Git's `core.ignoreCase`. */
  ignoreCase?: boolean
}

export interface GitIgnoreDecision {
  ignored: boolean
  /** The line that ignores the path or a directory above it. */
  by?: {
    /** Index into the files given. */
    file: number
    dir: string
    source: 'gitignore' | 'exclude' | 'global'
    /** As it stands in the file, without its line ending. */
    text: string
    /** 1-based. */
    line: number
  }
}

export interface GitIgnore {
  /** @param path relative to the prefix, `/`-separated, no slash at either end; `''` is the prefix itself */
  isIgnored(path: string, isDirectory: boolean): GitIgnoreDecision
}

type GitIgnoreLine = NonNullable<GitIgnoreDecision['by']>

/** The library keeps an answer for every path it was ever asked for: start afresh before a million add up. */
const MAX_CACHED_PATHS = 50_000

/** A longer line means no path, which has 4,096 bytes at most. The library makes an expression of each, too large at some length. */
const MAX_LINE = 16_384

/** Makes a matcher of a repository's ignore files, in any order. Nothing below an ignored directory comes back. */
export function createGitIgnore(
  files: readonly GitIgnoreFile[],
  {prefix = '', ignoreCase = false}: GitIgnoreOptions = {},
): GitIgnore {
  const lines = listLines(files)
  const patterns = lines.flatMap(({dir, text}, index) => {
    const pattern = text.length > MAX_LINE ? null : rebaseGitPattern(text, dir)
    // The library takes one CR off a line, as Git does; the line's own is gone already.
    return pattern === null ? [] : {pattern: `${toByteString(pattern)}\r`, mark: String(index)}
  })
  const createMatcher = (): Ignore => ignore({ignoreCase}).add(patterns)
  let matcher = createMatcher()
  let askedCount = 0

  return {
    isIgnored(path, isDirectory) {
      const full = [prefix, path].filter((part) => part !== '').join('/')
      if (full === '') return {ignored: false}
      if (++askedCount % MAX_CACHED_PATHS === 0) matcher = createMatcher()
      const {ignored, rule} = matcher.test(toByteString(isDirectory || path === '' ? `${full}/` : full))
      const by = lines[Number(rule?.mark)]
      return by === undefined ? {ignored} : {ignored, by}
    },
  }
}

/** All lines in the order in which they are tried, the last match winning: the weakest file first. */
function listLines(files: readonly GitIgnoreFile[]): GitIgnoreLine[] {
  return files
    .map((file, index) => ({...file, index}))
    .toSorted((left, right) => rank(left) - rank(right))
    .flatMap(({dir, content, index, source = 'gitignore'}) =>
      content
        .replace(/^\uFEFF/, '')
        .split('\n')
        .map((line, at) => ({file: index, dir, source, text: line.replace(/\r$/, ''), line: at + 1})),
    )
}

function rank({dir, source = 'gitignore'}: GitIgnoreFile): number {
  if (source === 'global') return 0
  if (source === 'exclude') return 1
  return dir === '' ? 2 : 2 + dir.split('/').length
}

/** One character per byte of UTF-8, since Git's `?` and `[…]` take one byte: `?.txt` does not match `é.txt`. */
function toByteString(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : Buffer.from(text).toString('latin1')
}
