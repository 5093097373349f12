import type {Readable} from 'node:stream'
import {compressionOf, MAGIC_BYTES} from '../../../tree/image/compression.js'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {MAX_JSON_BYTES} from '../../../tree/image/manifest/archive-files.js'
import {algorithmOf, digestOfPath} from '../../../tree/image/manifest/digest.js'
import type {LayerRef} from '../../../tree/image/manifest/found-image.js'
import {TYPE} from '../../../tree/image/tar/tar-header.js'
import {type TarEntry, TarScanner} from '../../../tree/image/tar/tar-scanner.js'
import {createDecompressor, type Decompressor} from '../compression/decompress.js'
import {type ImageArchive, nameLayer, type ReadLayers} from './image-archive.js'
import {LayerScan} from './layer-scan.js'
import {Members} from './list-members.js'
import type {ScannedLayer, ScanOptions, ScanWishes} from './scanned-layer.js'

/**
 * Reads an archive that passes by once. Its layers come before what names them: a file that begins like JSON is kept,
 * every other one is read as a layer, and what is wrong with it counts only if an image wants it.
 * @throws ImageFault for what is no tar
 */
export async function readStream(stream: Readable, wishes: ScanWishes): Promise<ImageArchive> {
  const reader = new StreamReader(wishes)
  for await (const chunk of stream) {
    await reader.push(chunk as Buffer)
    if (reader.isOver) break
  }
  return reader.finish()
}

/** A file that has passed by. */
interface Passed {
  size: number
  /** Null for one that is no JSON. */
  content: Buffer | null
  layer: ScannedLayer | null
  fault: string | null
}

/** All documents of an archive together; bytes behind its end; and pieces that keep small what comes out at a time. */
const MAX_KEPT_BYTES = 64 * 2 ** 20
const MAX_TRAILING_BYTES = 16 * 2 ** 20
const SLICE_BYTES = 16 * 1024
/** Of zstd and xz, which make up to 30,000 bytes of one. */
const SMALL_SLICE_BYTES = 2 * 1024

class StreamReader {
  private readonly members = new Members<Passed>()
  private readonly events: (() => Promise<void> | undefined)[] = []
  private readonly scanner: TarScanner
  private start: Buffer = Buffer.alloc(0)
  private decompressor: Decompressor | null = null
  private readonly seed = (Math.random() * 2 ** 32) | 0
  private keptBytes = 0
  private endPosition = 0
  private sliceBytes = SLICE_BYTES
  private file: FileReader | null = null

  constructor(private readonly wishes: ScanWishes) {
    this.scanner = new TarScanner({
      entry: (entry) => {
        const kept = {...entry, name: Buffer.from(entry.name), linkName: Buffer.from(entry.linkName)}
        this.events.push(() => this.begin(kept))
      },
      content: (chunk) => this.events.push(() => this.file?.write(chunk)),
      contentEnd: () => this.events.push(() => this.end()),
    })
  }

  /** Whether so much has come behind the end of the tar that nothing will. */
  get isOver(): boolean {
    return this.scanner.hasEnded && this.scanner.position - this.endPosition > MAX_TRAILING_BYTES
  }

  async push(chunk: Buffer): Promise<void> {
    if (this.decompressor === null) {
      this.start = Buffer.concat([this.start, chunk])
      if (this.start.length < MAGIC_BYTES) return
      await this.feed(this.open(), this.start)
      this.start = Buffer.alloc(0)
    } else await this.feed(this.decompressor, chunk)
  }

  async finish(): Promise<ImageArchive> {
    if (this.decompressor === null) await this.feed(this.open(), this.start)
    if (!this.isOver) await this.decompressor!.end()
    await this.drain()
    this.scanner.end()
    this.members.isCutOff = !this.scanner.hasEnded
    return new PassedArchive(this.members, this.scanner.position === 0)
  }

  private open(): Decompressor {
    const form = compressionOf(this.start)
    if (form === 'zstd' || form === 'xz') this.sliceBytes = SMALL_SLICE_BYTES
    const push = (chunk: Buffer) => this.scanner.push(chunk)
    this.decompressor = createDecompressor(form, push, () => this.drain())
    return this.decompressor
  }

  private async feed(decompressor: Decompressor, chunk: Buffer): Promise<void> {
    const {sliceBytes} = this
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      await decompressor.write(chunk.subarray(at, at + sliceBytes))
      await this.drain()
    }
  }

  private async drain(): Promise<void> {
    for (const event of this.events) await event()
    this.events.length = 0
    if (!this.scanner.hasEnded) this.endPosition = this.scanner.position
  }

  private begin(entry: TarEntry): undefined {
    const passed: Passed = {size: entry.storedBytes, content: null, layer: null, fault: null}
    const path = this.members.add(entry, passed)
    const isFile = entry.type === TYPE.file
    const room = Math.min(MAX_JSON_BYTES, MAX_KEPT_BYTES - this.keptBytes)
    this.file = isFile ? new FileReader(passed, path, {...this.wishes, seed: this.seed, room}) : null
    return undefined
  }

  private async end(): Promise<void> {
    const {file} = this
    if (file === null) return
    await file.end()
    this.keptBytes += file.passed.content?.length ?? 0
  }
}

/** Reads one file of the archive while it passes by. */
class FileReader {
  private readonly kept: Buffer[] = []
  private isJson: boolean | null = null
  private scan: LayerScan | null = null

  constructor(
    readonly passed: Passed,
    private readonly path: string,
    private readonly limits: ScanOptions & {room: number},
  ) {}

  async write(chunk: Buffer): Promise<void> {
    this.isJson ??= beginsLikeJson(chunk)
    if (this.isJson) this.keep(chunk)
    else if (this.passed.fault === null) await this.attempt(() => this.layerScan().write(chunk))
  }

  async end(): Promise<void> {
    if (this.isJson) this.passed.content = this.passed.fault === null ? Buffer.concat(this.kept) : null
    else if (this.passed.fault === null) {
      await this.attempt(async () => {
        this.passed.layer = await this.layerScan().finish()
      })
    }
  }

  private keep(chunk: Buffer): void {
    if (this.passed.size > this.limits.room) this.passed.fault = 'is too large for such a file'
    else this.kept.push(Buffer.from(chunk))
  }

  private layerScan(): LayerScan {
    const algorithm = algorithmOf(digestOfPath(this.path) ?? '')
    const {verifies, keeps, seed} = this.limits
    this.scan ??= new LayerScan({verifies, keeps, seed, algorithm, isSeekable: false}, this.passed.size)
    return this.scan
  }

  private async attempt(step: () => Promise<void> | undefined): Promise<void> {
    try {
      await step()
    } catch (error) {
      if (!(error instanceof ImageFault)) throw error
      this.passed.fault = error.message
    }
  }
}

/** No tar and no compressed data begin so. */
function beginsLikeJson(chunk: Buffer): boolean {
  for (const byte of chunk) {
    if (byte === 0x7b || byte === 0x5b) return true
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false
  }
  return true
}

class PassedArchive implements ImageArchive {
  readonly isCutOff: boolean

  constructor(
    private readonly members: Members<Passed>,
    readonly isEmpty: boolean,
  ) {
    this.isCutOff = members.isCutOff
  }

  sizeOf(path: string): number | null {
    return this.members.find(path)?.size ?? null
  }

  read(path: string): Uint8Array | null {
    const passed = this.members.find(path)
    if (passed === undefined) return null
    if (passed.content !== null) return passed.content
    throw new ImageFault(
      `${JSON.stringify(path)} ${passed.layer === null && passed.fault?.startsWith('is ') ? passed.fault : 'is no JSON'}`,
    )
  }

  async scan(layers: readonly LayerRef[]): Promise<ReadLayers> {
    const found = new Map(layers.map((layer) => [layer.path, this.find(layer)]))
    return {layers: found, finishDigests: async () => new Map()}
  }

  readLayer(): null {
    return null
  }

  close(): void {}

  private find(layer: LayerRef): ScannedLayer {
    const passed = this.members.find(layer.path)
    if (passed?.layer) return passed.layer
    throw new ImageFault(`${nameLayer(layer)} cannot be read: ${explainFault(passed?.fault)}`)
  }
}

/** What is wrong with a layer, as a sentence of its own. */
function explainFault(fault: string | null | undefined): string {
  if (fault == null) return 'it is not a tar'
  return fault.startsWith('is ') ? `it ${fault}` : fault
}
