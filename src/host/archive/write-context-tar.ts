import {constants} from 'node:fs'
import {lstat, open, rename, rm} from 'node:fs/promises'
import path from 'node:path'
import type {Writable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {type Header, pack} from 'tar-stream'

/** An entry to be written, with its file. */
export interface TarEntry {
  /** Relative to the context, `/`-separated. */
  path: string
  type: NonNullable<Header['type']>
  /** Permission bits. */
  mode: number
  /** Bytes of content; what the file holds beyond them is left out, what it lacks is an error. */
  size: number
  /** Milliseconds since 1970. */
  modified: number
  linkName?: string
  /** Of a device. */
  device?: {major: number; minor: number}
}

/** Where a tar's first header says what it is. */
const MAGIC = {offset: 257, text: 'ustar'}

/** Tells whether a tar may take the place of what is there: nothing, an empty file or a tar. */
export async function mayReplace(file: string): Promise<boolean> {
  const stats = await lstat(file).catch(() => null)
  if (stats === null) return true
  if (!stats.isFile()) return false
  if (stats.size === 0) return true
  const found = Buffer.alloc(MAGIC.text.length)
  const opened = await open(file, 'r').catch(() => null)
  await opened?.read(found, 0, found.length, MAGIC.offset).finally(() => opened.close())
  return found.toString('latin1') === MAGIC.text
}

/** Writes entries, in order, as a tar; the file appears whole or not at all. */
export async function writeContextTar(
  contextDir: string,
  entries: Iterable<TarEntry>,
  file: string,
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  // It is there before anything can fail: what is removed in the end does not come into being afterwards.
  const output = await open(temporary, 'wx')
  try {
    await streamContextTar(contextDir, entries, output.createWriteStream())
    await rename(temporary, file)
  } finally {
    await rm(temporary, {force: true})
  }
}

/** Writes entries, in order, as a tar to a stream, and ends it. */
export async function streamContextTar(
  contextDir: string,
  entries: Iterable<TarEntry>,
  output: Writable,
): Promise<void> {
  const tar = pack()
  const written = pipeline(tar, output)
  written.catch((error) => tar.destroy(error))
  try {
    for (const entry of entries) await addEntry(tar, contextDir, entry)
    tar.finalize()
    await written
  } catch (error) {
    tar.destroy()
    await written.catch(() => {})
    throw error
  }
}

async function addEntry(tar: ReturnType<typeof pack>, contextDir: string, entry: TarEntry): Promise<void> {
  const {path: name, type, mode, size, modified, linkName, device} = entry
  const header: Partial<Header> & {name: string} = {
    name,
    type,
    mode,
    mtime: new Date(modified),
    uid: 0,
    gid: 0,
    size,
  }
  if (linkName !== undefined) header.linkname = linkName
  if (device !== undefined) Object.assign(header, {devmajor: device.major, devminor: device.minor})
  if (type !== 'file' || size === 0) {
    await new Promise<void>((resolve, reject) => {
      tar.entry({...header, size: 0}, '', (error) => (error ? reject(error) : resolve()))
    })
    return
  }
  await addContent(path.join(contextDir, name), size, tar.entry(header))
}

type TarSink = ReturnType<ReturnType<typeof pack>['entry']>

/** A link or a pipe that took the file's place since the walk is not followed, nor waited for. */
async function addContent(hostPath: string, size: number, entry: TarSink): Promise<void> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  const file = await open(hostPath, flags)
  try {
    if (!(await file.stat()).isFile())
      throw new Error(`${JSON.stringify(hostPath)} is no longer a regular file`)
    await pipeline(file.createReadStream({end: size - 1, autoClose: false}), entry)
  } finally {
    await file.close()
  }
}
