import type {BuildFigures, MeasuredPath} from './build-figures.js'

/** The sizes of builds that people last agreed to. */
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
  /** The sums of all other paths. */
  otherPaths: {pathCount: number; transferBytes: number; fileCount: number}
}

export interface BaselinePath {
  path: string
  transferBytes: number
  fileCount: number
}

/** The version of the file format. Files of other versions are refused. */
export const BASELINE_VERSION = 1

const MAX_PATHS = 200

/** Makes a baseline of what builds transfer now, with the 200 largest paths of each. */
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

/** Sums up equal paths: names that are not valid UTF-8 may look the same. */
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
