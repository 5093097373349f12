/** What `analyzeImage` returns and `image --json` prints. */

import type {Finding} from './context-report.js'

/** The analysis of the images in an archive. */
export interface ImageAnalysis {
  schemaVersion: 1
  /** The path or name that was given. */
  source: string
  /** In the archive's order. */
  images: ImageReport[]
  /** Platforms that the index names but whose blobs the archive lacks. */
  absentPlatforms: string[]
  /** True: every digest and diff id was checked. False: only headers were read. */
  isVerified: boolean
}

/** The figures of one image, and their details. */
export interface ImageReport {
  refs: string[]
  /** `OS/ARCHITECTURE[/VARIANT]`; null if the config names none. */
  platform: string | null
  configDigest: string
  /** Null in archives that have no manifest, such as those of `docker save` up to 24. */
  manifestDigest: string | null
  /** What a first pull downloads: index, manifest, config and compressed layers. */
  pullBytes: number
  /** `pullBytes` is an estimate, because the archive holds some layer uncompressed. */
  pullIsEstimate: boolean
  /** Bytes of the files of all layers. */
  unpackedBytes: number
  /** Regular files that a container sees; each hard link counts. */
  fileCount: number
  /** Bytes of those files; hard links to one file count once. */
  fileBytes: number
  directoryCount: number
  symlinkCount: number
  /** `unpackedBytes` − `fileBytes`: bytes that are shipped and that no container sees. */
  hiddenBytes: number
  /**
   * The source of the layers' lines. `provenance`: the build's attestation · `record`: the builder's history · `text`: the
   * image's history has the text of the instruction · null: the lines are unknown
   */
  lineSource: 'provenance' | 'record' | 'text' | null
  /** Lowest first. */
  layers: ImageLayerReport[]
  /** By layer, then by path as bytes; empty files are left out. */
  hiddenPaths: HiddenPath[]
  /** Oldest first; null if the config has none. */
  history: ImageHistoryEntry[] | null
  /** The size that each kind of engine reports for this image. */
  engineSizes: EngineSizes
  /** What the layers hold, by kind of the catalogue, largest first. */
  contents: LayerContent[]
  /** Equal files at several paths, most bytes first; null if contents were not compared. */
  duplicates: DuplicateReport[] | null
  /** Errors first, then by bytes. */
  findings: ImageFinding[]
  /** Empty without a limit. */
  budgets: ImageBudget[]
  /** The engine's answer; null if no engine was asked. */
  engine: EngineAnswer | null
  /** The lowest layers, which come from the base image. */
  base: BaseReport
  /** The comparison with another image; null without one. */
  compare: ImageComparison | null
  /** What a host downloads that already has the deployed (or compared) image; null without either. */
  deploy: DeployReport | null
}

export interface ImageLayerReport {
  /** 0-based, from the lowest. */
  index: number
  diffId: string
  /** Of the compressed blob; null if unknown. */
  digest: string | null
  mediaType: string | null
  compression: 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz'
  /** Bytes of the blob in the archive. */
  compressedBytes: number
  /** What a pull downloads: `compressedBytes`, or an estimate of the gzip size if the blob is not compressed. */
  pullBytes: number
  pullIsEstimate: boolean
  /** Bytes of the whole tar, with its end-of-archive blocks. */
  tarBytes: number
  /** Entries of the tar, whiteouts included. */
  entryCount: number
  /** The sum of the entries' sizes: what a graph driver records for a layer that it built. */
  payloadBytes: number
  /** Regular files; each hard link counts, whiteouts do not. */
  fileCount: number
  /** Bytes of those files; hard links to one file count once. */
  fileBytes: number
  directoryCount: number
  symlinkCount: number
  /** Paths of lower layers that this layer removes. */
  whiteoutCount: number
  /** The instruction in the image's history; null without an entry. */
  instruction: string | null
  /** The instruction as the Dockerfile has it: without the shell, build arguments and the builder's additions. */
  step: string | null
  /** The Dockerfile and the 1-based line that made the layer; null if unknown. */
  file: string | null
  line: number | null
  /** Bytes of the layer's files that no container sees. */
  hiddenBytes: number
  /** Files of the context that its COPY or ADD copied: same path, same content. Null without a context. */
  contextFiles: ContextFiles | null
}

export interface ContextFiles {
  fileCount: number
  fileBytes: number
  /** Relative to the context; the first 100. */
  paths: string[]
}

/** Why a shipped file is not visible. */
export type HiddenPathKind = 'removed' | 'overwritten' | 'metadataOnly'

export interface HiddenPath {
  /** 0-based: the layer that ships the file. */
  layer: number
  path: string
  /** The path's bytes in base64; only if they are not valid UTF-8. */
  pathBytes?: string
  bytes: number
  /** 0-based: the layer that hides it. */
  hiddenByLayer: number
  /**
   * `removed`: the path is gone · `overwritten`: the path has other content · `metadataOnly`: a higher layer holds the same
   * bytes again, with another owner, mode or time
   */
  kind: HiddenPathKind
}

export interface ImageHistoryEntry {
  createdBy: string
  comment: string
  /** As written; empty if there is none. */
  created: string
  empty: boolean
  /** 0-based; null for an entry without a layer. */
  layer: number | null
}

/** The `Size` of `docker image inspect`. Its meaning differs by image store (docs/image.md 3). */
export interface EngineSizes {
  /** Bytes of the files: a graph driver that built the layers itself; vfs always. */
  graphDriver: number
  /** overlay2 after a pull or a load: the bytes of symlink targets too. */
  overlay2: number
  /** The containerd store: index, manifest, config and compressed blobs; null if the archive has no manifest. */
  containerd: number | null
}

/** What a budget limits: unpacked, pulled and hidden bytes, and the larger download of a deploy on either kind of host. */
export type ImageBudgetName = (typeof IMAGE_BUDGET_NAMES)[number]

/** In the order of reports. */
export const IMAGE_BUDGET_NAMES = ['max-size', 'max-pull', 'max-hidden', 'max-deploy'] as const

/** Limits as the user writes them: `50MB`. */
export type ImageLimits = Readonly<Partial<Record<ImageBudgetName, string | undefined>>>

export interface ImageBudget {
  name: ImageBudgetName
  limit: number
  actual: number
  ok: boolean
}

/** A finding about an image; with `file` and `line` if its Dockerfile is known. */
export interface ImageFinding extends Finding {
  /** Bytes of files that it costs. */
  bytes: number
  /** 0-based indexes of the layers concerned; the layer to change comes first. */
  layers: number[]
}

/** The content of one kind in one layer. */
export interface LayerContent {
  /** Stable: `apt-lists`, `npm-packages` … */
  kind: string
  title: string
  role: 'cache' | 'compiler' | 'packages' | 'repository' | 'secret' | 'other'
  path: string
  layer: number
  bytes: number
  fileCount: number
  /** The part of `bytes` that a container sees. */
  shownBytes: number
}

/** Equal files at several paths. */
export interface DuplicateReport {
  /** Of one file. */
  bytes: number
  paths: string[]
}

/** What the engine says of the image. */
export interface EngineAnswer {
  /** `Size` of `docker image inspect`. */
  size: number
  store: 'graph driver' | 'containerd'
  /** `overlay2`, `vfs`, `overlayfs` … */
  driver: string
}

export interface BaseReport {
  layerCount: number
  /**
   * `given`: layers shared with the image that the user named · `provenance`: layers that no attested step made ·
   * `history`: a guess from the history's entries · `none`: unknown
   */
  source: 'given' | 'provenance' | 'history' | 'none'
  /** Names of the base image: given, attested, or from the annotation `org.opencontainers.image.base.name`. */
  refs: string[]
}

export interface ImageComparison {
  refs: string[]
  pullBytes: number
  unpackedBytes: number
  fileBytes: number
  hiddenBytes: number
  /** Number of equal layers, counted from the lowest. */
  sharedLayers: number
  /** One for each layer of the image. */
  layers: LayerComparison[]
  /** Layers of the other image without a counterpart; `index` is the index there. */
  removed: {index: number; instruction: string | null; fileBytes: number}[]
}

export interface LayerComparison {
  index: number
  /** `same`: the same layer at the same index · `moved`: at another index · `changed`: another layer from the same instruction */
  status: 'same' | 'moved' | 'changed' | 'new'
  /** Index of the counterpart in the other image; null without one. */
  was: number | null
  /** Bytes of the counterpart's files. */
  wasBytes: number | null
  /** For a changed layer, the greatest difference: `content`, else `metadata`, else `times`, else `form` (the tar's encoding). */
  reason: 'content' | 'metadata' | 'times' | 'form' | null
  /** Number of paths that were added, removed, or have other content. */
  changedCount: number
  changedBytes: number
  /** The first of those paths. */
  examples: string[]
}

export interface DeployReport {
  /** The images that the host already has. */
  over: string[]
  /** Those that were read from a registry: the digests of their layers are known, their files are not. */
  remote: string[]
  /** A host with a graph driver: it reuses the lowest layers only. */
  classic: DeployDownload
  /** A host with the containerd store: it reuses every blob. */
  containerd: DeployDownload
  /** The lowest layer that the host lacks; a classic host downloads all above it too. Null if it lacks none. */
  firstLayer: number | null
}

export interface DeployDownload {
  /** Config and layers, without manifests. */
  bytes: number
  isEstimate: boolean
  /** Indexes of the downloaded layers. */
  layers: number[]
}
