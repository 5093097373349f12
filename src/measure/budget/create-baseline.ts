import type {Baseline, BaselineBuild, BaselinePath} from './baseline.js'
import type {BuildFigures, MeasuredPath} from './build-figures.js'

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
