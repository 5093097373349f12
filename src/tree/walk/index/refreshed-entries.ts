import {EntryColumns} from '../../model/entry-columns.js'
import {EntryStamps} from '../entry-stamps.js'
import type {WalkIndex} from './walk-index.js'

/** What has become of an entry of the index. */
export const FATE = {
  /** It, or a directory above it, is gone or has to be read again. */
  gone: 0,
  /** It is there; if it is a directory, its names are the same. */
  kept: 1,
  /** A directory whose names have to be read again. */
  changed: 2,
  /** It is there, and nothing below it counts: Docker does not enter the directory, or it is no directory any more. */
  closed: 3,
} as const

/** A thread takes that many entries at a time. */
const CHUNK_ENTRIES = 1_000

/** The entries of an index as they are now, as columns in memory that threads share. Names are the index's. */
export class RefreshedEntries {
  readonly columns: EntryColumns
  readonly stamps: EntryStamps
  /** By entry, of `FATE`. */
  readonly fates: Uint8Array
  private readonly takenChunks: Int32Array
  /** Entries that are there, and the bytes in those that are files. */
  private readonly seen: BigInt64Array

  /** @param memory another thread's; default: new memory, every entry gone */
  constructor(
    readonly index: WalkIndex,
    readonly memory = new SharedArrayBuffer(layOutEntries(index.length).end),
  ) {
    const {length, names, nameStarts} = index
    const layout = layOutEntries(length)
    this.takenChunks = new Int32Array(memory, 0, 1)
    this.seen = new BigInt64Array(memory, 8, 2)
    this.columns = EntryColumns.over(length, {
      names,
      nameStarts,
      sizes: new Float64Array(memory, layout.sizes, length),
      modified: new Float64Array(memory, layout.modified, length),
      modes: new Uint32Array(memory, layout.modes, length),
      modifiedBytes: new Uint8Array(memory, layout.modifiedBytes, length),
    })
    const inodes = new Float64Array(memory, layout.inodes, length)
    const changed = new Float64Array(memory, layout.changed, length)
    this.stamps = EntryStamps.over({length, inodes, changed})
    this.fates = new Uint8Array(memory, layout.fates, length)
  }

  /** Takes the next entries from what no thread has taken yet; null: all are taken. */
  takeChunk(): {start: number; end: number} | null {
    const {length} = this.index
    const start = Atomics.add(this.takenChunks, 0, 1) * CHUNK_ENTRIES
    return start < length ? {start, end: Math.min(start + CHUNK_ENTRIES, length)} : null
  }

  /** Adds to what all threads have seen. */
  count(entryCount: number, fileBytes: number): void {
    Atomics.add(this.seen, 0, BigInt(entryCount))
    Atomics.add(this.seen, 1, BigInt(fileBytes))
  }

  /** What all threads have seen so far. */
  get counted(): {entryCount: number; fileBytes: number} {
    return {entryCount: Number(this.seen[0]), fileBytes: Number(this.seen[1])}
  }
}

/** Where each column begins, in bytes: behind the counters, and the wide ones first, so that each lies on a multiple of its width. */
function layOutEntries(length: number): Record<Column | 'end', number> {
  const sizes = 24
  const modified = sizes + length * 8
  const inodes = modified + length * 8
  const changed = inodes + length * 8
  const modes = changed + length * 8
  const modifiedBytes = modes + length * 4
  const fates = modifiedBytes + length
  return {sizes, modified, inodes, changed, modes, modifiedBytes, fates, end: fates + length}
}

type Column = 'sizes' | 'modified' | 'inodes' | 'changed' | 'modes' | 'modifiedBytes' | 'fates'
