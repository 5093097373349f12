import type {BuildFigures, MeasuredPath} from './build-figures.js'

/** The sizes that builds had when somebody last agreed to them. */
export interface Baseline {
  /** Sorted by name. */
  builds: readonly BaselineBuild[]
}

export interface BaselineBuild {
  name: string
  transferBytes: number
  rebuildTransferBytes: number
  fileCount: number
  /** The largest, sorted by path. */
  paths: readonly BaselinePath[]
  /** What the paths left out sum up to. */
  otherPaths: {pathCount: number; transferBytes: number; fileCount: number}
}

export interface BaselinePath {
  path: string
  transferBytes: number
  fileCount: number
}

/** Of the file's format: a file of another version is refused. */
export const BASELINE_VERSION = 1

const MAX_PATHS = 200

/** Makes a baseline of what builds transfer now: of each, the largest 200 paths. */
export function createBaseline(builds: readonly BuildFigures[]): Baseline {
  return {builds: builds.map(describeBuild).sort((a, b) => compareTexts(a.name, b.name))}
}

function describeBuild({name, sizes, paths}: BuildFigures): BaselineBuild {
  const {transferBytes, rebuildTransferBytes, fileCount} = sizes
  const byPath = joinPaths(paths).sort(
    (a, b) => b.transferBytes - a.transferBytes || compareTexts(a.path, b.path),
  )
  const others = byPath.slice(MAX_PATHS)
  return {
    name,
    transferBytes,
    rebuildTransferBytes,
    fileCount,
    paths: byPath.slice(0, MAX_PATHS).sort((a, b) => compareTexts(a.path, b.path)),
    otherPaths: {
      pathCount: others.length,
      transferBytes: others.reduce((sum, path) => sum + path.transferBytes, 0),
      fileCount: others.reduce((sum, path) => sum + path.fileCount, 0),
    },
  }
}

/** Names that are not valid UTF-8 may look the same: they are summed up. */
function joinPaths(paths: Iterable<MeasuredPath>): BaselinePath[] {
  const joined = new Map<string, BaselinePath>()
  for (const {path, transferBytes, fileCount} of paths) {
    const known = joined.get(path) ?? {path, transferBytes: 0, fileCount: 0}
    joined.set(path, {
      path,
      transferBytes: known.transferBytes + transferBytes,
      fileCount: known.fileCount + fileCount,
    })
  }
  return [...joined.values()]
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
