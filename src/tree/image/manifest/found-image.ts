import type {JsonObject} from './archive-files.js'
import type {ImageConfig} from './image-config.js'

/** A layer as an image names it. */
export interface LayerRef {
  diffId: string
  /** The path of its blob in the archive. */
  path: string
  /** Of the blob; null where the archive does not say. */
  digest: string | null
  /** Bytes of the blob as the archive says. */
  size: number | null
  mediaType: string | null
}

/** An image that an archive holds. */
export interface FoundImage {
  /** Names as Docker prints them, `docker.io/library/` left out. */
  refs: string[]
  platform: string | null
  configDigest: string
  manifestDigest: string | null
  /** Digest of the index that a name points to; null where it points to the manifest. */
  indexDigest: string | null
  configBytes: number
  /** Bytes of the manifest and of the indexes above it, which a pull fetches besides; 0 where there are none. */
  manifestBytes: number
  config: ImageConfig
  /** Of the manifest. */
  annotations: JsonObject
  layers: LayerRef[]
}

/** What an archive holds and what it only names. */
export interface FoundImages {
  /** In the archive's order. */
  images: FoundImage[]
  /** Platforms named in an index whose blobs are not in the archive. */
  absentPlatforms: string[]
  /** Attestations that are in the archive: the manifest's digest and the blobs of its statements. */
  attestations: {subject: string; statements: string[]}[]
}

/** The name as Docker prints it. */
export function familiarName(name: string): string {
  return name.replace(/^(index\.)?docker\.io\//, '').replace(/^library\/(?=[^/]+$)/, '')
}

/** Digests by which an engine may name an image: of its config with a graph driver, else of its manifest or index. */
export function idsOf({configDigest, manifestDigest, indexDigest}: FoundImage): string[] {
  return [configDigest, manifestDigest, indexDigest].filter((digest) => digest !== null)
}
