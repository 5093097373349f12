import {ImageFault} from '../image-fault.js'
import {algorithmOf, blobPath, digestOf, shorten} from './digest.js'

/** The files of an archive or a directory, by their paths in it; links between them are followed. */
export interface ArchiveFiles {
  /** Bytes of a file; null if there is none. */
  sizeOf(path: string): number | null
  /** Content of a small file; null if there is none. @throws ImageFault for one that is larger than `MAX_JSON_BYTES` */
  read(path: string): Uint8Array | null
  /** Whether it has no bytes at all, and whether the end of a tar is missing; absent if unknown. */
  readonly isEmpty?: boolean
  readonly isCutOff?: boolean
}

/** No manifest or config is larger; registries take 4 MiB. */
export const MAX_JSON_BYTES = 8 * 2 ** 20

export type JsonObject = Readonly<Record<string, unknown>>

/** A reference from one file of an image to another. */
export interface Descriptor {
  digest: string
  size: number | null
  mediaType: string
  annotations: JsonObject
  platform: JsonObject | null
}

/** Reads files of an archive as JSON and compares them with what names them. */
export class ArchiveReader {
  constructor(
    readonly files: ArchiveFiles,
    /** Whether digests are compared. */
    private readonly verifies: boolean,
  ) {}

  has(descriptor: Descriptor): boolean {
    return this.files.sizeOf(blobPath(descriptor.digest)) !== null
  }

  /** A file's content as JSON; undefined if there is no such file. @throws ImageFault for what is no JSON */
  json(path: string): unknown {
    const content = this.files.read(path)
    return content === null ? undefined : parse(content, path)
  }

  /** The content of a blob; null if it does not exist. @throws ImageFault if it does not match the descriptor */
  blob({digest, size}: Descriptor): Uint8Array | null {
    const path = blobPath(digest)
    const content = this.files.read(path)
    if (content === null) return null
    if (size !== null && size !== content.length)
      throw new ImageFault(`${path} has ${content.length} bytes instead of ${size}`)
    if (this.verifies && digestOf(content, algorithmOf(digest)) !== digest)
      throw new ImageFault(`${path} does not have the digest of its name`)
    return content
  }
}

/** @throws ImageFault for what is no JSON */
export function parse(content: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(Buffer.from(content.buffer, content.byteOffset, content.length).toString('utf8'))
  } catch {
    throw new ImageFault(`${shorten(path)} is not JSON`)
  }
}

/** @throws ImageFault for anything but an object */
export function asObject(value: unknown, path: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw new ImageFault(`${shorten(path)} is not a JSON object`)
}

/** @throws ImageFault for anything but a list */
export function asList(value: unknown, path: string, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new ImageFault(`${shorten(path)} has no list of ${name}`)
}

export function textOr<Other>(value: unknown, other: Other): string | Other {
  return typeof value === 'string' ? value : other
}
