import type {TarEntry} from '../../../tree/image/tar/tar-scanner.js'

/** Of each file so many bytes, and of all of a layer. */
const MAX_BYTES = 64 * 1024
const MAX_ALL_BYTES = 8 * 2 ** 20

/** Keeps the beginnings of files whose names are of interest, as they pass by. */
export class BeginningKeeper {
  private readonly pattern: RegExp
  private file = -1
  private pieces: Buffer[] = []
  private left = 0
  private keptBytes = 0

  /**
   * @param keeps a regular expression for names
   * @param keep called with the index of a file and its beginning
   */
  constructor(
    keeps: string,
    private readonly keep: (file: number, beginning: Uint8Array) => void,
  ) {
    this.pattern = new RegExp(keeps, 'i')
  }

  /** @param file -1 for an entry that is none */
  begin(file: number, {name}: TarEntry): void {
    const base = file === -1 ? '' : name.toString('latin1', name.lastIndexOf(0x2f) + 1)
    this.file = file !== -1 && this.keptBytes < MAX_ALL_BYTES && this.pattern.test(base) ? file : -1
    this.left = MAX_BYTES
  }

  update(chunk: Buffer): void {
    if (this.file === -1 || this.left === 0) return
    const piece = Buffer.from(chunk.subarray(0, this.left))
    this.pieces.push(piece)
    this.left -= piece.length
  }

  end(): void {
    if (this.file === -1) return
    const beginning = new Uint8Array(Buffer.concat(this.pieces))
    this.keptBytes += beginning.length
    this.pieces = []
    this.keep(this.file, beginning)
  }
}
