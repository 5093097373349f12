import {grown} from './path-table.js'

/** A regular file of a layer. */
export interface LayerFile {
  /** Bytes, holes included. */
  size: number
  mode: number
  uid: number
  gid: number
  /** Seconds since 1970. */
  modified: number
  /** Where its content begins in the layer's tar. */
  contentStart: number
  /** The path it first had. */
  node: number
  /** See `TarEntry`. */
  sparseMap: readonly number[] | null
}

/** Bytes kept of a content's SHA-256. */
export const DIGEST_BYTES = 16

/** The regular files of a layer, hard links once, in the order of the tar, as columns: each takes some 60 bytes. */
export class LayerFiles {
  length = 0
  sizes = new Float64Array(64)
  modes = new Uint16Array(64)
  uids = new Uint32Array(64)
  gids = new Uint32Array(64)
  modified = new Float64Array(64)
  contentStarts = new Float64Array(64)
  nodes = new Int32Array(64)
  /** Names that the layer has for the file in the end; 0 where a later entry took its only name. */
  linkCounts = new Int32Array(64)
  /** The first bytes of each content's SHA-256; null where contents were not read. */
  digests: Uint8Array | null = null
  /** By file: offset and length of each stored piece in turn, of the few that are sparse. */
  sparseMaps = new Map<number, readonly number[]>()

  /** Adds a file and returns its index. */
  push({size, mode, uid, gid, modified, contentStart, node, sparseMap}: LayerFile): number {
    const index = this.length++
    if (index === this.sizes.length) this.grow(index * 2)
    this.sizes[index] = size
    this.modes[index] = mode & 0o7777
    this.uids[index] = uid
    this.gids[index] = gid
    this.modified[index] = modified
    this.contentStarts[index] = contentStart
    this.nodes[index] = node
    if (sparseMap !== null) this.sparseMaps.set(index, sparseMap)
    return index
  }

  setDigest(index: number, digest: Uint8Array): void {
    const needed = this.sizes.length * DIGEST_BYTES
    if (this.digests === null) this.digests = new Uint8Array(needed)
    else if (this.digests.length < needed) this.digests = grown(new Uint8Array(needed), this.digests)
    this.digests.set(digest.subarray(0, DIGEST_BYTES), index * DIGEST_BYTES)
  }

  /** The digest in hexadecimal digits; null where contents were not read. */
  digestOf(index: number): string | null {
    if (this.digests === null) return null
    return Buffer.from(this.digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)).toString(
      'hex',
    )
  }

  /** Gives back the room behind the last file. */
  trim(): void {
    const {length} = this
    this.sizes = this.sizes.slice(0, length)
    this.modes = this.modes.slice(0, length)
    this.uids = this.uids.slice(0, length)
    this.gids = this.gids.slice(0, length)
    this.modified = this.modified.slice(0, length)
    this.contentStarts = this.contentStarts.slice(0, length)
    this.nodes = this.nodes.slice(0, length)
    this.linkCounts = this.linkCounts.slice(0, length)
    this.digests = this.digests?.slice(0, length * DIGEST_BYTES) ?? null
  }

  private grow(capacity: number): void {
    this.sizes = grown(new Float64Array(capacity), this.sizes)
    this.modes = grown(new Uint16Array(capacity), this.modes)
    this.uids = grown(new Uint32Array(capacity), this.uids)
    this.gids = grown(new Uint32Array(capacity), this.gids)
    this.modified = grown(new Float64Array(capacity), this.modified)
    this.contentStarts = grown(new Float64Array(capacity), this.contentStarts)
    this.nodes = grown(new Int32Array(capacity), this.nodes)
    this.linkCounts = grown(new Int32Array(capacity), this.linkCounts)
  }
}
