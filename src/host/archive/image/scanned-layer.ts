import type {Compression} from '../../../tree/image/compression.js'
import type {LayerTree} from '../../../tree/image/layers/layer-tree.js'

/** SHA-256, or what the blob's name says, of a layer's blob as it lies in the archive and of its tar. */
export interface LayerDigests {
  digest: string
  diffId: string
}

/** The result of reading a layer's blob. */
export interface ScannedLayer {
  tree: LayerTree
  compression: Compression
  /** Bytes of the blob as it lies in the archive. */
  compressedBytes: number
  /** All bytes of the tar, its end included. */
  tarBytes: number
  /** Null where they were not computed while it was read. */
  digests: LayerDigests | null
  /** What gzip would make of an uncompressed blob, by samples of it; null for a compressed one. */
  gzipEstimate: number | null
}

/** What is wanted of layers. */
export interface ScanWishes {
  /** Computes digests; else only what the figures need is read. */
  verifies: boolean
  /** A regular expression for names: the beginnings of such files are kept where they cannot be read again. */
  keeps: string
}

/** How a layer is read. */
export interface ScanOptions extends ScanWishes {
  /** See `PathTable`. */
  seed: number
}
