import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'
import {extract, type Header} from 'tar-stream'
import {SlimCheckError} from '../../errors.js'
import {MODE} from '../../tree/model/file-mode.js'
import type {PlainEntry} from '../../tree/model/tree-from-entries.js'

/** A context given as a tar. */
export interface ContextTar {
  /** Bytes of the tar as it is sent, compressed or not. */
  streamBytes: number
  entries: PlainEntry[]
  /** Contents of the files asked for, by path. */
  contents: ReadonlyMap<string, Uint8Array>
}

const MAX_CONTENT_BYTES = 16 * 2 ** 20

/** Reads a tar, gzipped or not, without keeping more than the wanted contents. @throws SlimCheckError for anything else */
export async function readContextTar(
  stream: Readable,
  isWanted: (path: string) => boolean,
): Promise<ContextTar> {
  const counter = {bytes: 0}
  const source = Readable.from(countBytes(stream, counter))
  const first = await peek(source)
  if (first.length === 0) throw new SlimCheckError('tar-invalid', {reason: 'standard input is empty'})
  const compression = nameCompression(first)
  if (compression !== null && compression !== 'gzip') {
    throw new SlimCheckError('tar-invalid', {
      reason: `it is compressed with ${compression}, which is not supported`,
    })
  }
  const entries: PlainEntry[] = []
  const contents = new Map<string, Uint8Array>()
  const extraction = extract()
  extraction.on('entry', (header, body, next) => {
    // A tar that ends too early fails here, too; the pipeline says so.
    body.on('error', () => {})
    const reason = findFault(header)
    if (reason !== null) return next(new Error(reason))
    const entry = toEntry(header)
    if (entry !== null) entries.push(entry)
    // The content that a directory claims does not come.
    if (header.type === 'directory') return next()
    if (entry !== null && isWanted(entry.path) && (header.size ?? 0) <= MAX_CONTENT_BYTES) {
      collect(body).then((content) => {
        contents.set(entry.path, content)
        next()
      }, next)
    } else {
      body.on('end', () => next())
      body.resume()
    }
  })
  try {
    await (compression === 'gzip'
      ? pipeline(source, createGunzip(), extraction)
      : pipeline(source, extraction))
  } catch (error) {
    throw new SlimCheckError('tar-invalid', {reason: (error as Error).message})
  }
  return {streamBytes: counter.bytes, entries, contents}
}

async function* countBytes(stream: Readable, counter: {bytes: number}): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    counter.bytes += (chunk as Buffer).length
    yield chunk as Buffer
  }
}

/** Looks at the beginning of a stream and puts it back. */
async function peek(stream: Readable): Promise<Buffer> {
  for await (const chunk of stream.iterator({destroyOnReturn: false})) {
    stream.unshift(chunk)
    return chunk as Buffer
  }
  return Buffer.alloc(0)
}

const MAGIC: [name: string, bytes: number[]][] = [
  ['gzip', [0x1f, 0x8b]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
]

function nameCompression(start: Buffer): string | null {
  return MAGIC.find(([, bytes]) => bytes.every((byte, at) => start[at] === byte))?.[0] ?? null
}

/** Linux takes no longer path, so that Docker could not unpack it. */
const MAX_PATH_BYTES = 4_095

/** Says what Docker fails on, or what no figure can be made of; null for nothing. */
function findFault({name, size}: Header): string | null {
  if (!Number.isSafeInteger(size ?? 0) || (size ?? 0) < 0)
    return `${JSON.stringify(name.slice(0, 100))} claims to be ${size} bytes long`
  const pathBytes = Buffer.byteLength(name)
  return pathBytes > MAX_PATH_BYTES ? `it has a path of ${pathBytes} bytes` : null
}

const TYPES: Record<string, number> = {
  directory: MODE.dir,
  symlink: MODE.symlink,
  fifo: MODE.pipe,
  'block-device': MODE.device,
  'character-device': MODE.device + MODE.charDevice,
}

function toEntry({name, type, mode, size, mtime, linkname}: Header): PlainEntry | null {
  const path = name
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
  if (path === '') return null
  const entry = {
    path,
    mode: (TYPES[type ?? 'file'] ?? 0) + ((mode ?? 0o644) & 0o777),
    size: type === 'directory' ? 0 : (size ?? 0),
    // A time that is none counts as not given.
    modified: mtime?.getTime() || 0,
  }
  if (type === 'symlink') return {...entry, linkTarget: linkname ?? ''}
  return type === 'link' ? {...entry, hardLinkTo: (linkname ?? '').replace(/^(\.?\/)+/, '')} : entry
}

async function collect(body: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
