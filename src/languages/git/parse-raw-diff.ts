/** One path that differs between two trees. */
export interface PathChange {
  /** Relative to the directory that was asked about, as bytes: a name need not be UTF-8. */
  path: Buffer
  before: TreeFile | null
  after: TreeFile | null
}

/** What a tree has at a path. */
export interface TreeFile {
  /** Git's mode: 0o100644, 0o100755, 0o120000 (a link), 0o160000 (a submodule). */
  mode: number
  /** The blob; null where Git has not looked at the content of the working tree. */
  blob: string | null
}

const NO_BLOB = /^0+$/

/** Reads the output of `git diff-tree` or `git diff-index` with `--raw -z --no-renames`: `:mode mode blob blob status\0path\0`. */
export function parseRawDiff(output: Buffer): PathChange[] {
  const changes: PathChange[] = []
  for (let at = 0; at < output.length; ) {
    const header = output.indexOf(0, at)
    const end = output.indexOf(0, header + 1)
    if (output[at] !== COLON || header < 0 || end < 0) break
    const [modeBefore = '', modeAfter = '', before = '', after = ''] = output
      .toString('latin1', at + 1, header)
      .split(' ')
    changes.push({
      path: output.subarray(header + 1, end),
      before: readFile(modeBefore, before),
      after: readFile(modeAfter, after),
    })
    at = end + 1
  }
  return changes
}

const COLON = ':'.charCodeAt(0)

function readFile(mode: string, blob: string): TreeFile | null {
  const bits = Number.parseInt(mode, 8)
  return bits === 0 ? null : {mode: bits, blob: NO_BLOB.test(blob) ? null : blob}
}

/** The changes of one commit. */
export interface CommitChanges {
  commit: string
  changes: PathChange[]
}

/** Reads the output of `git diff-tree --stdin --always` with the same flags: each commit stands before its changes. */
export function parseRawDiffs(output: Buffer): CommitChanges[] {
  const commits: CommitChanges[] = []
  for (let at = 0; at < output.length; ) {
    const header = output.indexOf(0, at)
    if (header < 0) break
    if (output[at] !== COLON) {
      commits.push({commit: output.toString('latin1', at, header), changes: []})
      at = header + 1
      continue
    }
    const end = output.indexOf(0, header + 1)
    if (end < 0) break
    commits.at(-1)?.changes.push(...parseRawDiff(output.subarray(at, end + 1)))
    at = end + 1
  }
  return commits
}
