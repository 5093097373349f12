/** What `image --json` prints and `analyzeImage` returns. */

/** The images of an archive. */
export interface ImageAnalysis {
  /** The path or name that was given. */
  source: string
  /** In the archive's order. */
  images: ImageReport[]
  /** Platforms that an index names and whose blobs are not in the archive. */
  absentPlatforms: string[]
  /** Whether every digest and diff id was compared; else only headers were read. */
  isVerified: boolean
}

/** One image: four figures, and what stands behind them. */
export interface ImageReport {
  refs: string[]
  /** `OS/ARCHITECTURE[/VARIANT]`; null where the config names none. */
  platform: string | null
  configDigest: string
  /** Null in archives that have no manifest, such as those of `docker save` up to 24. */
  manifestDigest: string | null
  /** What a first pull downloads: index, manifest, config and compressed layers. */
  pullBytes: number
  /** Whether `pullBytes` is an estimate: some layer has no compressed blob in the archive. */
  pullIsEstimate: boolean
  /** Bytes of the files of all layers. */
  unpackedBytes: number
  /** Names of regular files that the image shows in the end, hard links each. */
  fileCount: number
  /** Bytes of those files, hard links once. */
  fileBytes: number
  directoryCount: number
  symlinkCount: number
  /** `unpackedBytes` − `fileBytes`: shipped and never seen. */
  hiddenBytes: number
  /** Lowest first. */
  layers: ImageLayerReport[]
  /** By layer, then by path as bytes; files of no bytes are left out. */
  hiddenPaths: HiddenPath[]
  /** Oldest first; null if the config has none. */
  history: ImageHistoryEntry[] | null
  /** What each kind of engine says for the size of this image. */
  engineSizes: EngineSizes
}

export interface ImageLayerReport {
  /** 0-based, from the lowest. */
  index: number
  diffId: string
  /** Of the blob; null where it is not known. */
  digest: string | null
  mediaType: string | null
  compression: 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz'
  /** Bytes of the blob as it lies in the archive. */
  compressedBytes: number
  /** What a pull downloads for it: `compressedBytes`, or an estimate of what gzip makes of it. */
  pullBytes: number
  pullIsEstimate: boolean
  /** All bytes of the tar, its end included. */
  tarBytes: number
  /** Entries of the tar, whiteouts among them. */
  entryCount: number
  /** Sizes of all entries together: what graph drivers record for a layer that they built. */
  payloadBytes: number
  /** Names of regular files, hard links each, whiteouts not. */
  fileCount: number
  /** Bytes of those files, hard links once. */
  fileBytes: number
  directoryCount: number
  symlinkCount: number
  /** Names that the layer removes from lower ones. */
  whiteoutCount: number
  /** The instruction as the history has it; null without an entry. */
  instruction: string | null
  /** Bytes of the layer's files that the image does not show. */
  hiddenBytes: number
}

/** Why a file is shipped and not shown. */
export type HiddenPathKind = 'removed' | 'overwritten' | 'metadataOnly'

export interface HiddenPath {
  /** 0-based: the layer that ships the file. */
  layer: number
  path: string
  /** The path's bytes in base64, where they are not valid UTF-8. */
  pathBytes?: string
  bytes: number
  /** 0-based: the layer that hides it. */
  hiddenByLayer: number
  /**
   * `removed`: the path is gone · `overwritten`: it holds something else · `metadataOnly`: it holds the same bytes again,
   * from a layer that changed owner, mode or time
   */
  kind: HiddenPathKind
}

export interface ImageHistoryEntry {
  createdBy: string
  comment: string
  /** As written; empty if there is none. */
  created: string
  empty: boolean
  /** 0-based; null for none. */
  layer: number | null
}

/** The `Size` of `docker image inspect`, which means another thing on each store (docs/image.md 3). */
export interface EngineSizes {
  /** A graph driver that built the layers itself, and vfs always: the files' bytes. */
  graphDriver: number
  /** overlay2 after a pull or a load: the targets of symlinks, too. */
  overlay2: number
  /** The containerd store: index, manifest, config and blobs as they are stored; null where the archive has no manifest. */
  containerd: number | null
}
