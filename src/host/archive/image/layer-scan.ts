import {createHash, type Hash} from 'node:crypto'
import {type Compression, compressionOf, MAGIC_BYTES} from '../../../tree/image/compression.js'
import {LayerTreeBuilder} from '../../../tree/image/layers/layer-tree.js'
import type {DigestAlgorithm} from '../../../tree/image/manifest/digest.js'
import {TarScanner, type TarVisitor} from '../../../tree/image/tar/tar-scanner.js'
import {createDecompressor, type Decompressor} from '../compression/decompress.js'
import {BeginningKeeper} from './beginning-keeper.js'
import {ContentDigests} from './content-digests.js'
import {GzipSampler} from './gzip-sampler.js'
import type {LayerDigests, ScannedLayer, ScanOptions} from './scanned-layer.js'

export interface LayerScanOptions extends ScanOptions {
  algorithm: DigestAlgorithm
  /** Whether contents can be read again later: then their digests are not computed now. */
  isSeekable: boolean
}

/** Reads a layer's blob that comes in pieces: decompresses it, computes its digests, puts its entries into a tree. */
export class LayerScan {
  private start = Buffer.alloc(0)
  private compression: Compression = 'none'
  private decompressor: Decompressor | null = null
  private compressedBytes = 0
  private tarBytes = 0
  private readonly blobHash: Hash | null
  private tarHash: Hash | null = null
  private readonly builder: LayerTreeBuilder
  private scanner!: TarScanner
  private sampler: GzipSampler | null = null

  /** @param size bytes of the blob */
  constructor(
    private readonly options: LayerScanOptions,
    private readonly size: number,
  ) {
    this.blobHash = options.verifies ? createHash(options.algorithm) : null
    this.builder = new LayerTreeBuilder(options.seed)
  }

  /** @throws ImageFault for what is no layer */
  write(chunk: Buffer): Promise<void> | undefined {
    this.compressedBytes += chunk.length
    this.blobHash?.update(chunk)
    if (this.decompressor !== null) return this.decompressor.write(chunk)
    this.start = Buffer.concat([this.start, chunk])
    return this.start.length < MAGIC_BYTES ? undefined : this.begin().write(this.start)
  }

  /** @throws ImageFault for what is no layer */
  async finish(): Promise<ScannedLayer> {
    if (this.decompressor === null) await this.begin().write(this.start)
    await this.decompressor!.end()
    this.scanner.end()
    const {compression, compressedBytes, tarBytes, blobHash, tarHash} = this
    const digests = blobHash && nameDigests(this.options.algorithm, blobHash, tarHash)
    const gzipEstimate = this.sampler?.estimate() ?? null
    return {tree: this.builder.finish(), compression, compressedBytes, tarBytes, digests, gzipEstimate}
  }

  private begin(): Decompressor {
    this.compression = compressionOf(this.start)
    const isPlain = this.compression === 'none'
    if (isPlain) this.sampler = new GzipSampler(this.size)
    else if (this.options.verifies) this.tarHash = createHash(this.options.algorithm)
    this.scanner = new TarScanner(this.createVisitor(isPlain))
    this.decompressor = createDecompressor(this.compression, (chunk) => this.take(chunk))
    return this.decompressor
  }

  /** What can be read again is not read now; digests take as long as the tar's own. */
  private createVisitor(isPlain: boolean): TarVisitor {
    const {builder, options} = this
    if (isPlain && options.isSeekable) return {entry: (entry) => void builder.add(entry)}
    const keeper = new BeginningKeeper(options.keeps, (file, beginning) => builder.keep(file, beginning))
    const digests = new ContentDigests((file, digest) => builder.setDigest(file, digest))
    return {
      entry: (entry) => {
        const file = builder.add(entry)
        keeper.begin(file, entry)
        digests.begin(options.verifies ? file : -1, entry)
      },
      content: (chunk) => {
        keeper.update(chunk)
        digests.update(chunk)
      },
      contentEnd: () => {
        keeper.end()
        digests.end()
      },
    }
  }

  private take(chunk: Buffer): void {
    this.tarBytes += chunk.length
    this.tarHash?.update(chunk)
    this.sampler?.push(chunk)
    this.scanner.push(chunk)
  }
}

/** @param tarHash null where the blob is the tar */
function nameDigests(algorithm: DigestAlgorithm, blobHash: Hash, tarHash: Hash | null): LayerDigests {
  const digest = `${algorithm}:${blobHash.digest('hex')}`
  return {digest, diffId: tarHash === null ? digest : `${algorithm}:${tarHash.digest('hex')}`}
}
