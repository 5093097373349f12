/**
 * A branch of a transfer: a file, a directory with all below it, or the rest of a directory's entries together. The
 * children of a node add up to it exactly, in bytes and in files; a node without children stands for all it holds.
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
  /** Of `fileCount`, what the accepted suggestions take away. */
  leavingFileCount: number
  /** Of `transferBytes`, what the accepted suggestions take away. */
  leavingBytes: number
  /** Largest first, the rest last. */
  children: SizeNode[]
  /** The node stands for what is too small to be shown by itself. */
  isRest?: true
  /** Of a rest: how many entries of the directory it stands for; 0: only the packet that announces the directory. */
  restCount?: number
}
