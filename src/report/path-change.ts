/** The change of a path since the baseline. */
export interface PathChange {
  path: string
  change: 'grown' | 'shrunk' | 'new' | 'gone'
  /** 0 for a new path. */
  baselineBytes: number
  /** Now; 0 for a path that is gone. */
  transferBytes: number
  fileCount: number
}
