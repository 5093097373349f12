import {createHash, type Hash, hash} from 'node:crypto'
import type {TarEntry} from '../../../tree/image/tar/tar-scanner.js'
import {SparseHash} from './sparse-hash.js'

/** Computes the SHA-256 of each file's content as it passes by. */
export class ContentDigests {
  private file = -1
  private left = 0
  private digest: Uint8Array | null = null
  private hash: Hash | SparseHash | null = null

  /** @param keep called with the index of a file and its digest */
  constructor(private readonly keep: (file: number, digest: Uint8Array) => void) {}

  /** @param file -1 for an entry that is none */
  begin(file: number, {size, storedBytes, sparseMap}: TarEntry): void {
    this.file = file
    this.left = storedBytes
    this.hash = null
    this.digest = null
    if (file === -1) return
    if (sparseMap !== null) this.hash = new SparseHash(sparseMap, size, storedBytes)
    if (storedBytes === 0) this.keep(file, this.hash?.digest() ?? EMPTY)
  }

  update(chunk: Buffer): void {
    if (this.file === -1) return
    const isWhole = this.hash === null && chunk.length === this.left
    // A single call takes a third of the time for a small file.
    if (isWhole) this.digest = hash('sha256', chunk, 'buffer')
    else {
      this.hash ??= createHash('sha256')
      this.hash.update(chunk)
    }
  }

  end(): void {
    if (this.file === -1 || this.left === 0) return
    const digest = this.digest ?? this.hash?.digest()
    if (digest !== undefined) this.keep(this.file, digest)
  }
}

const EMPTY = createHash('sha256').digest()
