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
