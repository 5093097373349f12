import type {ArchiveFiles} from '../../../tree/image/manifest/archive-files.js'
import type {LayerRef} from '../../../tree/image/manifest/found-image.js'
import type {ScannedLayer, ScanWishes} from './scanned-layer.js'

/** An archive or a directory that holds images, opened. */
export interface ImageArchive extends ArchiveFiles {
  /**
   * Reads the blobs of layers, each once, and returns them by their paths in the archive.
   * @throws ImageFault for what is no layer, the layer named
   */
  scan(layers: readonly LayerRef[], wishes: ScanWishes): Promise<Map<string, ScannedLayer>>
  /** Bytes of an uncompressed layer; null where they can no longer be read. */
  readLayer(path: string, start: number, length: number): Buffer | null
  close(): void
}

/** A digest that people can tell from others, in words that stand for the layer. */
export function nameLayer({digest, diffId}: LayerRef): string {
  return `the layer ${(digest ?? diffId).slice(0, 19)}`
}
