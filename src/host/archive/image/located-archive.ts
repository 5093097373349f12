import {closeSync, openSync} from 'node:fs'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {MAX_JSON_BYTES} from '../../../tree/image/manifest/archive-files.js'
import type {LayerRef} from '../../../tree/image/manifest/found-image.js'
import type {ImageArchive, ReadLayers} from './image-archive.js'
import type {StoredFile} from './scan-file.js'
import {readAt} from './scan-file.js'
import {LocatedLayers} from './scan-located.js'
import type {ScanWishes} from './scanned-layer.js'

/** An archive whose files can be read in any order. */
export class LocatedArchive implements ImageArchive {
  private readonly descriptors = new Map<string, number>()
  private readonly readers: LocatedLayers[] = []

  /** @param locate where a file of the archive lies; null if there is none @param isEmpty see `ArchiveFiles` */
  constructor(
    private readonly locate: (path: string) => StoredFile | null,
    readonly isEmpty = false,
    readonly isCutOff = false,
  ) {}

  sizeOf(path: string): number | null {
    return this.locate(path)?.size ?? null
  }

  read(path: string): Uint8Array | null {
    const location = this.locate(path)
    if (location === null) return null
    if (location.size > MAX_JSON_BYTES)
      throw new ImageFault(`${JSON.stringify(path)} is too large for such a file`)
    return this.readRange(location, 0, location.size)
  }

  async scan(layers: readonly LayerRef[], wishes: ScanWishes): Promise<ReadLayers> {
    const wanted = new Map(layers.map((layer) => [layer.path, {layer, location: this.locate(layer.path)!}]))
    const reader = new LocatedLayers([...wanted.values()], wishes)
    this.readers.push(reader)
    return reader.read()
  }

  readLayer(path: string, start: number, length: number): Buffer | null {
    const location = this.locate(path)
    return location === null ? null : this.readRange(location, start, length)
  }

  close(): void {
    for (const reader of this.readers) reader.stop()
    this.closeFiles()
  }

  private closeFiles(): void {
    for (const descriptor of this.descriptors.values()) closeSync(descriptor)
    this.descriptors.clear()
  }

  private readRange({file, start, size}: StoredFile, at: number, length: number): Buffer {
    const descriptor = this.open(file)
    const buffer = Buffer.alloc(Math.min(length, size - at))
    return buffer.subarray(0, readAt({descriptor, start, size}, at, buffer))
  }

  /** A directory has a file for each blob: few stay open. */
  private open(file: string): number {
    const known = this.descriptors.get(file)
    if (known !== undefined) return known
    if (this.descriptors.size === MAX_OPEN) this.closeFiles()
    const descriptor = openSync(file, 'r')
    this.descriptors.set(file, descriptor)
    return descriptor
  }
}

const MAX_OPEN = 16
