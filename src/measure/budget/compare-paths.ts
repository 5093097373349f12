import type {PathChange} from '../../report/path-change.js'
import type {BaselineBuild, BaselinePath} from './baseline.js'

interface Amount {
  transferBytes: number
  fileCount: number
}

/**
 * Compares a build's paths with those of its baseline. How entries are rolled up into paths may differ between the two:
 * where one has a directory and the other paths below it, the directory is compared. A baseline may leave out small
 * paths; then no path of their size is called new.
 * @returns the largest change first; equal paths are left out
 */
export function comparePaths(before: BaselineBuild, paths: Iterable<BaselinePath>): PathChange[] {
  const then = new Map<string, Amount>()
  const now = new Map<string, Amount>()
  const atThen = new Set(before.paths.map(({path}) => path))
  const atNow = new Set(Array.from(paths, ({path}) => path))
  for (const one of before.paths) add(then, findAbove(one.path, atNow) ?? one.path, one)
  for (const one of paths) add(now, findAbove(one.path, atThen) ?? one.path, one)
  const leastListed =
    before.otherPaths.pathCount > 0
      ? before.paths.reduce(
          (least, {transferBytes}) => Math.min(least, transferBytes),
          Number.POSITIVE_INFINITY,
        )
      : -1
  const changes: PathChange[] = []
  for (const path of new Set([...then.keys(), ...now.keys()])) {
    const change = describe(path, then.get(path), now.get(path))
    if (change === null || (change.change === 'new' && change.transferBytes <= leastListed)) continue
    changes.push(change)
  }
  return changes.sort((a, b) => sizeOf(b) - sizeOf(a) || (a.path < b.path ? -1 : 1))
}

function describe(path: string, then: Amount | undefined, now: Amount | undefined): PathChange | null {
  const baselineBytes = then?.transferBytes ?? 0
  const {transferBytes, fileCount} = now ?? {transferBytes: 0, fileCount: 0}
  if (then === undefined) return {path, change: 'new', baselineBytes, transferBytes, fileCount}
  if (now === undefined) return {path, change: 'gone', baselineBytes, transferBytes, fileCount}
  if (transferBytes === baselineBytes) return null
  const change = transferBytes > baselineBytes ? 'grown' : 'shrunk'
  return {path, change, baselineBytes, transferBytes, fileCount}
}

/** Finds a directory above a path among others. */
function findAbove(path: string, others: ReadonlySet<string>): string | null {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const above = path.slice(0, slash)
    if (others.has(above)) return above
  }
  return null
}

function add(amounts: Map<string, Amount>, path: string, {transferBytes, fileCount}: Amount): void {
  const sum = amounts.get(path) ?? {transferBytes: 0, fileCount: 0}
  amounts.set(path, {
    transferBytes: sum.transferBytes + transferBytes,
    fileCount: sum.fileCount + fileCount,
  })
}

function sizeOf({baselineBytes, transferBytes}: PathChange): number {
  return Math.abs(transferBytes - baselineBytes)
}
