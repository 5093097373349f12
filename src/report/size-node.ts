/**
 * A node of the size tree: a file, a directory with all below it, or the small entries of a directory as one rest. The
 * children of a node add up to it exactly, in bytes and in files. A node without children includes all that it contains.
 */
export interface SizeNode {
  /** Empty for the root and for a rest. */
  name: string
  /** Relative to the context, `/`-separated; of a rest: its directory's. */
  path: string
  /** A kind of the catalogue, inherited by all below it, or `other`. */
  kind: string
  /** The kind in words; empty for `other`. */
  title: string
  isDirectory: boolean
  /** Regular files, each hard link counted; summed over builds. */
  fileCount: number
  /** Bytes of a first build, packets included; summed over builds. The packet that ends a transfer belongs to no node. */
  transferBytes: number
  /** The part of `fileCount` that the accepted suggestions exclude. */
  leavingFileCount: number
  /** The part of `transferBytes` that the accepted suggestions exclude. */
  leavingBytes: number
  /** Largest first, the rest last. */
  children: SizeNode[]
  /** The node sums up entries that are too small for nodes of their own. */
  isRest?: true
  /** For a rest: the number of entries in it; 0 if it holds only the packet that announces the directory. */
  restCount?: number
}
