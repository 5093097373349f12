import type {ArchiveFiles} from '../../../tree/image/manifest/archive-files.js'
import type {LayerRef} from '../../../tree/image/manifest/found-image.js'
import type {LayerDigests, ScannedLayer, ScanWishes} from './scanned-layer.js'

/** Layers that were read, by their paths in the archive. */
export interface ReadLayers {
  layers: ReadonlyMap<string, ScannedLayer>
  /** Those of the layers that have none yet; threads may be computing them since the layers were read. */
  finishDigests(): Promise<ReadonlyMap<string, LayerDigests>>
}

/** An archive or a directory that holds images, opened. */
export interface ImageArchive extends ArchiveFiles {
  /**
   * Reads the blobs of layers, each once.
   * @throws ImageFault for what is no layer, the layer named
   */
  scan(layers: readonly LayerRef[], wishes: ScanWishes): Promise<ReadLayers>
  /** Bytes of an uncompressed layer; null where they can no longer be read. */
  readLayer(path: string, start: number, length: number): Buffer | null
  /** Ends also what is still being computed. */
  close(): void
}

/** A digest that people can tell from others, in words that stand for the layer. */
export function nameLayer({digest, diffId}: LayerRef): string {
  return `the layer ${(digest ?? diffId).slice(0, 19)}`
}
