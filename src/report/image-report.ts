/** What `image --json` prints and `analyzeImage` returns. */

import type {Finding} from './context-report.js'

/** The images of an archive. */
export interface ImageAnalysis {
  schemaVersion: 1
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
  /**
   * What tells the lines of layers. `provenance`: the build attested them · `record`: the engine's builder remembers them ·
   * `text`: the history's text is that of the instruction · null: they are not known
   */
  lineSource: 'provenance' | 'record' | 'text' | null
  /** Lowest first. */
  layers: ImageLayerReport[]
  /** By layer, then by path as bytes; files of no bytes are left out. */
  hiddenPaths: HiddenPath[]
  /** Oldest first; null if the config has none. */
  history: ImageHistoryEntry[] | null
  /** What each kind of engine says for the size of this image. */
  engineSizes: EngineSizes
  /** What layers hold by the catalogue's kinds, the largest first. */
  contents: LayerContent[]
  /** Files of one content at several paths, the costliest first; null where contents were not compared. */
  duplicates: DuplicateReport[] | null
  /** Errors first, then by bytes. */
  findings: ImageFinding[]
  /** Empty where no limit was set. */
  budgets: ImageBudget[]
  /** What the engine that was asked says; null where none was. */
  engine: EngineAnswer | null
  /** The layers at the bottom that another image brought. */
  base: BaseReport
  /** Against the image that was named to compare with; null without one. */
  compare: ImageComparison | null
  /** What a host downloads that has the deployed image, or the compared one; null without either. */
  deploy: DeployReport | null
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
  /** The same in the words of the Dockerfile: without shell, build arguments and what builders add. */
  step: string | null
  /** The Dockerfile, and the 1-based line in it that made the layer; null where it is not known. */
  file: string | null
  line: number | null
  /** Bytes of the layer's files that the image does not show. */
  hiddenBytes: number
  /** Which files of the context a COPY or ADD brought: same name, same bytes; null without a context. */
  contextFiles: ContextFiles | null
}

export interface ContextFiles {
  fileCount: number
  fileBytes: number
  /** Relative to the context; the first 100. */
  paths: string[]
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
   * `removed`: the path is gone · `overwritten`: it has other content · `metadataOnly`: it holds the same bytes again,
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

/** What a limit is set on: unpacked bytes, pulled bytes, hidden bytes, and what a deploy downloads on the worse host. */
export type ImageBudgetName = (typeof IMAGE_BUDGET_NAMES)[number]

/** What an image is held to, in the order in which it is reported. */
export const IMAGE_BUDGET_NAMES = ['max-size', 'max-pull', 'max-hidden', 'max-deploy'] as const

/** Limits as they are written: `50MB`. */
export type ImageLimits = Readonly<Partial<Record<ImageBudgetName, string | undefined>>>

export interface ImageBudget {
  name: ImageBudgetName
  limit: number
  actual: number
  ok: boolean
}

/** What is wrong with an image; `file` and `line` where its Dockerfile is known. */
export interface ImageFinding extends Finding {
  /** What it costs, in bytes of files. */
  bytes: number
  /** The layers concerned, 0-based, the one to change first. */
  layers: number[]
}

/** What one layer holds of one kind of thing. */
export interface LayerContent {
  /** Stable: `apt-lists`, `npm-packages` … */
  kind: string
  title: string
  role: 'cache' | 'compiler' | 'packages' | 'repository' | 'secret' | 'other'
  path: string
  layer: number
  bytes: number
  fileCount: number
  /** Bytes of it that the image shows in the end. */
  shownBytes: number
}

/** Files of one content at several paths. */
export interface DuplicateReport {
  /** Of one of them. */
  bytes: number
  paths: string[]
}

/** The engine's own word. */
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
   * `given`: layers shared with the image that was named · `provenance`: those that no attested step made · `history`:
   * guessed from who wrote it · `none`: not known
   */
  source: 'given' | 'provenance' | 'history' | 'none'
  /** Its names: given, attested, or from the annotation `org.opencontainers.image.base.name`. */
  refs: string[]
}

export interface ImageComparison {
  refs: string[]
  pullBytes: number
  unpackedBytes: number
  fileBytes: number
  hiddenBytes: number
  /** Layers that both have, counted from the bottom. */
  sharedLayers: number
  /** Of each layer of the image. */
  layers: LayerComparison[]
  /** Layers of the other image that have no counterpart: their index there and their instruction. */
  removed: {index: number; instruction: string | null; fileBytes: number}[]
}

export interface LayerComparison {
  index: number
  /** `same`: at the same place · `moved`: elsewhere in the other image · `changed`: the same instruction made another layer */
  status: 'same' | 'moved' | 'changed' | 'new'
  /** Index of the counterpart in the other image. */
  was: number | null
  /** Files of the counterpart. */
  wasBytes: number | null
  /** Of a changed layer: what differs at most. */
  reason: 'content' | 'metadata' | 'times' | 'form' | null
  /** Paths that were added, removed, or have other contents. */
  changedCount: number
  changedBytes: number
  /** The first of those paths. */
  examples: string[]
}

export interface DeployReport {
  /** The images that the host has. */
  over: string[]
  /** Those of them that only a registry has: their layers are known by digest, the files in them are not. */
  remote: string[]
  /** A host with a graph driver: shares layers at the bottom only. */
  classic: DeployDownload
  /** A host with the containerd store: shares every blob. */
  containerd: DeployDownload
  /** The lowest layer that the host lacks: on a classic host all above it come, too; null if none is lacking. */
  firstLayer: number | null
}

export interface DeployDownload {
  /** Config and layers, without manifests. */
  bytes: number
  isEstimate: boolean
  /** The layers that come. */
  layers: number[]
}
