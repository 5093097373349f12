import {ImageFault} from '../image-fault.js'
import {decimal, readPaxRecords} from './pax-records.js'
import {checkSparseMap, type SparseFile, SparseMapReader} from './sparse-map.js'
import {BLOCK, isZeroBlock, readTarHeader, type TarHeader, TYPE} from './tar-header.js'

/** An entry of a tar, long names and pax headers applied. A caller that keeps a name must copy it. */
export interface TarEntry extends TarHeader {
  /** Where its content begins, in bytes from the beginning of the tar. */
  contentStart: number
  /** Bytes of its content in the tar: less than `size` for a sparse file. */
  storedBytes: number
  /** Offset and length of each stored piece of a sparse file in turn; null for any other. */
  sparseMap: readonly number[] | null
  /** Extended attributes, in order; absent for none. */
  xattrs?: ReadonlyMap<string, Buffer>
}

/** Called with what a tar holds, in its order. */
export interface TarVisitor {
  entry(entry: TarEntry): void
  /** Left out: contents may be skipped. */
  content?(chunk: Buffer): void
  contentEnd?(): void
}

/** Go takes no longer pax header or name (its maxSpecialFileSize). */
const MAX_SPECIAL_BYTES = 2 ** 20

/** Types without content, even if their header has a size. */
const HEADER_ONLY = new Set<number>([
  TYPE.hardLink,
  TYPE.symlink,
  TYPE.charDevice,
  TYPE.blockDevice,
  TYPE.directory,
  TYPE.fifo,
])

type State = 'header' | 'special' | 'sparse-map' | 'content' | 'padding' | 'ended'

/**
 * Reads a tar that comes in pieces, as Go's archive/tar reads it (docs/image.md 2.13). Bytes behind the end blocks are
 * passed over.
 */
export class TarScanner {
  /** Bytes pushed or skipped so far. */
  position = 0
  private state: State = 'header'
  /** Bytes of the present header, special entry or sparse map that have come. */
  private readonly held = Buffer.alloc(BLOCK)
  private heldBytes = 0
  private special: Buffer[] = []
  /** Bytes of the present content or padding that are still to come. */
  private left = 0
  private padding = 0
  private hasZeroBlock = false
  private specialType = 0
  private entry: TarEntry | null = null
  private sparse: SparseFile | null = null
  private mapReader = new SparseMapReader()
  private pax: PaxValues = NO_PAX
  private longName: Buffer | null = null
  private longLink: Buffer | null = null

  constructor(private readonly visitor: TarVisitor) {}

  /** The next bytes that are not needed: the caller may `skip` them instead of pushing them. */
  get skippable(): number {
    if (this.state === 'padding') return this.left
    return this.state === 'content' && this.visitor.content === undefined ? this.left + this.padding : 0
  }

  /** Passes over bytes, at most `skippable` of them. */
  skip(bytes: number): void {
    this.position += bytes
    for (let rest = bytes; rest > 0; ) {
      const taken = Math.min(rest, this.left)
      rest -= taken
      this.left -= taken
      if (this.left === 0) this.endPart()
    }
  }

  /** Whether the end blocks have come: what follows is not looked at. */
  get hasEnded(): boolean {
    return this.state === 'ended'
  }

  /** @throws ImageFault for bytes that are no tar */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      const taken = this.take(chunk, at)
      this.position += taken
      at += taken
    }
  }

  /** Called behind the last byte. @throws ImageFault where an entry is cut off */
  end(): void {
    const isCut =
      this.state === 'header' ? this.heldBytes > 0 : this.state !== 'ended' && this.state !== 'padding'
    if (isCut && this.position < BLOCK) throw new ImageFault('it is not a tar')
    if (isCut) throw new ImageFault('it is cut off in the middle of an entry')
  }

  /** Uses up bytes of the present part and returns how many. */
  private take(chunk: Buffer, at: number): number {
    const room = chunk.length - at
    switch (this.state) {
      case 'header':
        return this.takeHeader(chunk, at)
      case 'special':
      case 'sparse-map':
        return this.takeSpecial(chunk, at)
      case 'content':
        return this.takeContent(chunk, at)
      case 'padding': {
        const taken = Math.min(room, this.left)
        this.left -= taken
        if (this.left === 0) this.endPart()
        return taken
      }
      case 'ended':
        return room
    }
  }

  private takeHeader(chunk: Buffer, at: number): number {
    if (this.heldBytes === 0 && chunk.length - at >= BLOCK) {
      this.readHeader(chunk, at, this.position + BLOCK)
      return BLOCK
    }
    const taken = chunk.copy(this.held, this.heldBytes, at)
    this.heldBytes += taken
    if (this.heldBytes === BLOCK) {
      this.heldBytes = 0
      this.readHeader(this.held, 0, this.position + taken)
    }
    return taken
  }

  private takeContent(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.left)
    this.visitor.content?.(chunk.subarray(at, end))
    this.left -= end - at
    if (this.left === 0) this.endPart()
    return end - at
  }

  private takeSpecial(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.left)
    this.special.push(Buffer.from(chunk.subarray(at, end)))
    this.left -= end - at
    if (this.left === 0) this.endPart()
    return end - at
  }

  /** Ends the present part and begins the next one. */
  private endPart(): void {
    if (this.state === 'content') this.visitor.contentEnd?.()
    if (this.state === 'special') this.keepSpecial(Buffer.concat(this.special))
    if (this.state === 'sparse-map') this.readMapBlock(Buffer.concat(this.special))
    else if (this.state !== 'padding' && this.padding > 0) this.begin('padding', this.padding)
    else this.begin('header', 0)
  }

  private begin(state: State, bytes: number): void {
    this.state = state
    this.left = bytes
    if (state === 'special' || state === 'sparse-map') this.special = []
  }

  /** @param end bytes from the beginning of the tar to behind the header */
  private readHeader(block: Buffer, at: number, end: number): void {
    if (isZeroBlock(block, at)) {
      if (this.hasZeroBlock) this.state = 'ended'
      this.hasZeroBlock = true
      return
    }
    if (this.hasZeroBlock) throw new ImageFault('an entry follows a block of zeros')
    const header = readTarHeader(block, at)
    if (isSpecial(header.type)) this.beginSpecial(header)
    else this.beginEntry(header, end)
  }

  private beginSpecial({type, size}: TarHeader): void {
    if (size > MAX_SPECIAL_BYTES) throw new ImageFault(`a name or pax header is ${size} bytes long`)
    this.specialType = type
    this.padding = paddingOf(size)
    this.begin('special', size)
    if (size === 0) this.endPart()
  }

  private keepSpecial(data: Buffer): void {
    if (this.specialType === TYPE.pax) this.pax = readPaxValues(data)
    else if (this.specialType === TYPE.longName) this.longName = untilNul(data)
    else if (this.specialType === TYPE.longLink) this.longLink = untilNul(data)
  }

  private beginEntry(header: TarHeader, headerEnd: number): void {
    const {pax} = this
    const name = this.longName ?? pax.path ?? header.name
    const linkName = this.longLink ?? pax.linkPath ?? header.linkName
    const size = pax.size ?? header.size
    const storedBytes = HEADER_ONLY.has(header.type) ? 0 : size
    // Written out: a spread takes longer than all the rest.
    this.entry = {
      type: header.type === 0 ? typeOfOld(name) : header.type,
      name,
      linkName,
      mode: header.mode,
      uid: pax.uid ?? header.uid,
      gid: pax.gid ?? header.gid,
      size,
      modified: pax.modified ?? header.modified,
      isOverlayWhiteout: header.isOverlayWhiteout,
      contentStart: headerEnd,
      storedBytes,
      sparseMap: null,
    }
    if (pax.xattrs !== undefined) this.entry.xattrs = pax.xattrs
    this.sparse = isFileType(header.type) ? (pax.sparse ?? null) : null
    this.longName = null
    this.longLink = null
    this.pax = NO_PAX
    this.padding = paddingOf(storedBytes)
    if (this.sparse?.isMapInContent) this.beginMap(this.entry)
    else this.announce(this.sparse?.map ?? null)
  }

  private beginMap(entry: TarEntry): void {
    if (entry.storedBytes < BLOCK) throw new ImageFault('a sparse file has no map')
    // Other blocks are read before it is handed on.
    entry.name = Buffer.from(entry.name)
    this.mapReader = new SparseMapReader()
    this.begin('sparse-map', BLOCK)
  }

  private readMapBlock(block: Buffer): void {
    const entry = this.entry!
    entry.contentStart += block.length
    entry.storedBytes -= block.length
    if (this.mapReader.push(block)) this.announce(this.mapReader.map)
    else if (entry.storedBytes < BLOCK) throw new ImageFault('the map of a sparse file does not end')
    else this.begin('sparse-map', BLOCK)
  }

  /** Hands the present entry on and begins its content. */
  private announce(map: number[] | null): void {
    const entry = this.entry!
    if (map !== null) {
      checkSparseMap(map, this.sparse!.size, entry.storedBytes)
      entry.size = this.sparse!.size
      entry.sparseMap = map
    }
    this.visitor.entry(entry)
    this.begin('content', entry.storedBytes)
    if (entry.storedBytes === 0) this.endPart()
  }
}

/** Values of a pax header that matter here. */
interface PaxValues {
  path?: Buffer
  linkPath?: Buffer
  size?: number
  modified?: number
  uid?: number
  gid?: number
  sparse?: SparseFile
  xattrs?: ReadonlyMap<string, Buffer>
}

/** What Go puts before the name of an extended attribute. */
const XATTR = 'SCHILY.xattr.'

const NO_PAX: PaxValues = {}

function isSpecial(type: number): boolean {
  return type === TYPE.pax || type === TYPE.paxGlobal || type === TYPE.longName || type === TYPE.longLink
}

function isFileType(type: number): boolean {
  return type === TYPE.file || type === 0
}

/** The old form has no type for directories: the slash at the end tells them. */
function typeOfOld(name: Buffer): number {
  return name[name.length - 1] === 0x2f ? TYPE.directory : TYPE.file
}

function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

function untilNul(data: Buffer): Buffer {
  const end = data.indexOf(0)
  return end === -1 ? data : data.subarray(0, end)
}

/** @throws ImageFault for a value that is none */
function readPaxValues(data: Buffer): PaxValues {
  const values: PaxValues = {}
  const texts = new Map<string, string>()
  const pieces: number[] = []
  const xattrs = new Map<string, Buffer>()
  for (const [key, value] of readPaxRecords(data)) {
    if ((key === 'path' || key === 'linkpath') && value.includes(0))
      throw new ImageFault('a name in a pax header holds a NUL')
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') pieces.push(numberOf(value))
    else if (key === 'path') values.path = Buffer.from(value)
    else if (key.startsWith(XATTR)) xattrs.set(key.slice(XATTR.length), Buffer.from(value))
    else if (key === 'linkpath') values.linkPath = Buffer.from(value)
    else if (value.length < MAX_SPARSE_TEXT) texts.set(key, value.toString('latin1'))
  }
  if (values.path?.length === 0) delete values.path
  if (values.linkPath?.length === 0) delete values.linkPath
  if (xattrs.size > 0) values.xattrs = xattrs
  const size = integer(texts, 'size')
  if (size !== undefined) values.size = size
  const uid = integer(texts, 'uid')
  if (uid !== undefined) values.uid = uid
  const gid = integer(texts, 'gid')
  if (gid !== undefined) values.gid = gid
  const modified = Number.parseFloat(texts.get('mtime') ?? '')
  if (Number.isFinite(modified)) values.modified = modified
  return withSparse(values, texts, pieces)
}

const MAX_SPARSE_TEXT = 65_536

function withSparse(values: PaxValues, texts: ReadonlyMap<string, string>, pieces: number[]): PaxValues {
  const isMapInContent = texts.get('GNU.sparse.major') === '1'
  const listed = texts.get('GNU.sparse.map')
  if (!isMapInContent && listed === undefined && pieces.length === 0) return values
  const size = integer(texts, 'GNU.sparse.realsize') ?? integer(texts, 'GNU.sparse.size')
  if (size === undefined) throw new ImageFault('a sparse file has no size')
  const name = texts.get('GNU.sparse.name')
  if (name) values.path = Buffer.from(name, 'latin1')
  const map = listed === undefined ? pieces : listed.split(',').map((one) => numberOf(Buffer.from(one)))
  values.sparse = {size, isMapInContent, map: isMapInContent ? [] : map}
  return values
}

function integer(texts: ReadonlyMap<string, string>, key: string): number | undefined {
  const text = texts.get(key)
  return text === undefined || text === '' ? undefined : numberOf(Buffer.from(text))
}

function numberOf(value: Uint8Array): number {
  const number = decimal(value)
  if (!Number.isSafeInteger(number)) throw new ImageFault('a pax header has an invalid number')
  return number
}
