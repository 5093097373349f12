import {createReadStream, createWriteStream} from 'node:fs'
import {rename, rm} from 'node:fs/promises'
import path from 'node:path'
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
}

/** Writes entries, in order, as a tar; the file appears whole or not at all. */
export async function writeContextTar(
  contextDir: string,
  entries: Iterable<TarEntry>,
  file: string,
): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  const tar = pack()
  try {
    const written = pipeline(tar, createWriteStream(temporary, {flags: 'wx'}))
    written.catch((error) => tar.destroy(error))
    for (const entry of entries) await addEntry(tar, contextDir, entry)
    tar.finalize()
    await written
    await rename(temporary, file)
  } finally {
    await rm(temporary, {force: true})
  }
}

async function addEntry(tar: ReturnType<typeof pack>, contextDir: string, entry: TarEntry): Promise<void> {
  const {path: name, type, mode, size, modified, linkName} = entry
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
  if (type !== 'file' || size === 0) {
    await new Promise<void>((resolve, reject) => {
      tar.entry({...header, size: 0}, '', (error) => (error ? reject(error) : resolve()))
    })
    return
  }
  const content = createReadStream(path.join(contextDir, name), {end: size - 1})
  await pipeline(content, tar.entry(header))
}
