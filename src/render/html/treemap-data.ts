/** A size tree in columns, parents before their children: what the page's script reads. */
export interface TreemapData {
  /** As shown, harmless as text. */
  names: string[]
  /** Which nodes are rests. */
  rests: number[]
  /** By node; -1 for the root. */
  parents: number[]
  /** Kinds in words, and which one each node is. */
  titles: string[]
  kinds: number[]
  /** The colour of each kind. */
  colours: string[]
  bytes: number[]
  leavingBytes: number[]
  files: number[]
  leavingFiles: number[]
  /** Sizes as people read them, of what crosses now and of what stays. */
  sizes: string[]
  stays: string[]
}
