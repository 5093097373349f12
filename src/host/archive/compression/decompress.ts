import {once} from 'node:events'
import {createGunzip} from 'node:zlib'
import {Decompress} from 'fzstd'
import type {Compression} from '../../../tree/image/compression.js'
import {ImageFault} from '../../../tree/image/image-fault.js'
import {Bzip2Reader} from './bzip2-reader.js'
import {UnpackLimit} from './unpack-limit.js'
import {ZstdFrames} from './zstd-frames.js'

/** Takes compressed bytes; what comes out goes to the function it was made with, before `write` and `end` resolve. */
export interface Decompressor {
  write(chunk: Buffer): Promise<void> | undefined
  /** @throws ImageFault where the compressed data end too early or go on behind their end */
  end(): Promise<void> | undefined
}

type Sink = (chunk: Buffer) => void
type Drain = () => Promise<void> | undefined

/** Bytes that zlib hands over at a time: fewer take more time, more take no less. */
const CHUNK_BYTES = 256 * 1024

/**
 * The sink, and with it `write`, throws an ImageFault where the data are a bomb.
 * @param drain uses up what the sink has kept; waited for wherever a few bytes may have made many
 */
export function createDecompressor(
  compression: Compression,
  sink: Sink,
  drain: Drain = () => undefined,
): Decompressor {
  if (compression === 'none') return FORMS.none(sink, drain)
  const limit = new UnpackLimit(compression)
  const take = (chunk: Buffer) => {
    limit.make(chunk.length)
    sink(chunk)
  }
  const decompressor = FORMS[compression](take, drain)
  return {
    write: (chunk) => {
      limit.take(chunk.length)
      return decompressor.write(chunk)
    },
    end: () => decompressor.end(),
  }
}

const FORMS: Record<Compression, (sink: Sink, drain: Drain) => Decompressor> = {
  none: (sink) => ({
    write: (chunk) => {
      sink(chunk)
      return undefined
    },
    end: () => undefined,
  }),
  gzip: decompressGzip,
  zstd: decompressZstd,
  bzip2: decompressBzip2,
  xz: decompressXz,
}

/** zlib works in a thread of its own and takes several members in a row. */
function decompressGzip(sink: Sink): Decompressor {
  const gunzip = createGunzip({chunkSize: CHUNK_BYTES})
  const outcome = {fault: null as Error | null}
  let written = 0
  const ended = once(gunzip, 'end').catch(() => {})
  // After an error zlib never calls back.
  const closed = new Promise<void>((resolve) => void gunzip.once('close', resolve))
  gunzip.on('error', (error) => {
    outcome.fault ??= new ImageFault(`its gzip data is damaged: ${error.message}`)
  })
  gunzip.on('data', (chunk: Buffer) => {
    if (outcome.fault !== null) return
    try {
      sink(chunk)
    } catch (error) {
      outcome.fault = error as Error
      gunzip.destroy()
    }
  })
  const check = () => {
    if (outcome.fault !== null) throw outcome.fault
  }
  return {
    async write(chunk) {
      written += chunk.length
      const taken = new Promise<void>((resolve) => void gunzip.write(chunk, () => resolve()))
      await Promise.race([taken, closed])
      check()
    },
    async end() {
      gunzip.end()
      await Promise.race([ended, closed])
      check()
      if (gunzip.bytesWritten !== written)
        throw new ImageFault('there are more bytes after the end of its gzip data')
    },
  }
}

function decompressZstd(sink: Sink): Decompressor {
  const frames = new ZstdFrames()
  const decompress = new Decompress((chunk) => sink(asBuffer(chunk)))
  const push = (chunk: Uint8Array, isLast: boolean) => {
    try {
      decompress.push(chunk, isLast)
    } catch (error) {
      throw asFault(error, 'zstd')
    }
  }
  return {
    write: (chunk) => {
      frames.push(chunk)
      // It keeps what it is given.
      push(Buffer.from(chunk), false)
      return undefined
    },
    end: () => {
      push(new Uint8Array(0), true)
      return undefined
    },
  }
}

function decompressBzip2(sink: Sink, drain: Drain): Decompressor {
  const reader = new Bzip2Reader(sink)
  const read = async (isLast: boolean) => {
    while (reader.canRead(isLast)) {
      try {
        reader.readPart()
      } catch (error) {
        throw asFault(error, 'bzip2')
      }
      await drain()
    }
  }
  return {
    write: (chunk) => {
      // It keeps what it is given.
      reader.push(Buffer.from(chunk))
      return read(false)
    },
    async end() {
      await read(true)
      if (reader.isOpen) throw new ImageFault('its bzip2 data is cut off')
    },
  }
}

function decompressXz(sink: Sink): Decompressor {
  let wake = () => {}
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const source = new ReadableStream<Uint8Array>({
    start: (one) => {
      controller = one
    },
    pull: () => wake(),
  })
  const pump = (async () => {
    // Loading it takes 4 ms, with Node's streams of the web.
    const {default: xz} = await import('xz-decompress')
    const stream = new xz.XzReadableStream(source) as unknown as AsyncIterable<Uint8Array>
    for await (const chunk of stream) sink(asBuffer(chunk))
  })().then(
    () => null,
    (error) => asFault(error, 'xz'),
  )
  /** What went wrong closes the source before the pump says what it was. */
  const give = async (step: () => void, taken: Promise<null> | null) => {
    const isOpen = attempt(step)
    const fault = await (isOpen && taken !== null ? Promise.race([taken, pump]) : pump)
    if (fault !== null) throw fault
    if (!isOpen) throw new ImageFault('there are more bytes after the end of its xz data')
  }
  return {
    write: (chunk) => {
      const pulled = new Promise<null>((resolve) => {
        wake = () => resolve(null)
      })
      return give(() => controller.enqueue(new Uint8Array(chunk)), pulled)
    },
    end: () => give(() => controller.close(), null),
  }
}

function attempt(step: () => void): boolean {
  try {
    step()
    return true
  } catch {
    return false
  }
}

function asFault(error: unknown, format: string): Error {
  if (error instanceof ImageFault) return error
  return new ImageFault(`its ${format} data is damaged: ${(error as Error).message}`)
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
}
