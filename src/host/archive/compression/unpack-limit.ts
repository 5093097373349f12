import type {Compression} from '../../../tree/image/compression.js'
import {ImageFault} from '../../../tree/image/image-fault.js'

/** gzip makes at most 1,032 bytes of one; no honest tar of this size is packed more tightly by anything. */
const MAX_RATIO = 1_100
/** From so many bytes on that came out: what each makes in some seconds. */
const RATIO_FROM_BYTES = {gzip: 4 * 2 ** 30, zstd: 2 * 2 ** 30, xz: 2 ** 30, bzip2: 2 ** 30}

/** Tells a bomb from what is only packed well. */
export class UnpackLimit {
  private taken = 0
  private made = 0

  constructor(private readonly compression: Exclude<Compression, 'none'>) {}

  /** @param bytes of compressed data that came in */
  take(bytes: number): void {
    this.taken += bytes
  }

  /** @param bytes that came out @throws ImageFault where they are too many for what came in */
  make(bytes: number): void {
    const {compression, taken} = this
    this.made += bytes
    if (this.made > RATIO_FROM_BYTES[compression] && this.made > MAX_RATIO * taken)
      throw new ImageFault(`${taken} bytes of its ${compression} data unpack to more than ${this.made}`)
  }
}
