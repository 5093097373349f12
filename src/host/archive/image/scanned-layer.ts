import type {Compression} from '../../../tree/image/compression.js'
import type {LayerTree} from '../../../tree/image/layers/layer-tree.js'

/** What reading a layer's blob told. */
export interface ScannedLayer {
  tree: LayerTree
  compression: Compression
  /** Bytes of the blob as it lies in the archive. */
  compressedBytes: number
  /** All bytes of the tar, its end included. */
  tarBytes: number
  /** SHA-256, or what the blob's name says, of the blob; null where it was not computed. */
  digest: string | null
  /** The same of the tar. */
  diffId: string | null
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
