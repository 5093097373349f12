import {
  accessSync,
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import type {Readable} from 'node:stream'
import {compressionOf, MAGIC_BYTES} from '../../../tree/image/compression.js'
import type {ImageArchive} from './image-archive.js'
import {listMembers, type MemberRange} from './list-members.js'
import {LocatedArchive} from './located-archive.js'
import type {StoredFile} from './scan-file.js'
import {readAt} from './scan-file.js'
import type {ScanWishes} from './scanned-layer.js'
import {readStream} from './stream-archive.js'

/**
 * Opens an archive of images: a tar, compressed or not, a pipe, or an unpacked directory. Of an uncompressed file only
 * the headers are read now.
 * @param wishes for what has to be read now
 * @throws ImageFault for what is no archive
 */
export async function openArchive(file: string, wishes: ScanWishes): Promise<ImageArchive> {
  if (statSync(file).isDirectory()) {
    accessSync(file, constants.R_OK | constants.X_OK)
    return new LocatedArchive(locateInDirectory(realpathSync(file)))
  }
  const descriptor = openSync(file, 'r')
  const range = {descriptor, start: 0, size: fstatSync(descriptor).size}
  if (!fstatSync(descriptor).isFile()) return readStream(streamOf(file, {fd: descriptor}), wishes)
  try {
    const start = Buffer.alloc(MAGIC_BYTES)
    if (compressionOf(start.subarray(0, readAt(range, 0, start))) === 'none') {
      const members = listMembers(range)
      const locate = (name: string) => locateMember(file, members.find(name))
      return new LocatedArchive(locate, range.size === 0, members.isCutOff)
    }
  } finally {
    closeSync(descriptor)
  }
  return readStream(streamOf(file, {}), wishes)
}

/** A stream closes its file itself, whether it is read to its end or not. */
function streamOf(file: string, options: {fd?: number}): Readable {
  return createReadStream(file, {...options, highWaterMark: CHUNK_BYTES})
}

function locateMember(file: string, member: MemberRange | undefined): StoredFile | null {
  return member === undefined ? null : {file, ...member}
}

const CHUNK_BYTES = 256 * 1024

/** Reads an archive from standard input or another program. */
export function openStream(stream: Readable, wishes: ScanWishes): Promise<ImageArchive> {
  return readStream(stream, wishes)
}

/** Finds files of a directory and refuses those that a link or a path leads out to. */
function locateInDirectory(root: string): (name: string) => StoredFile | null {
  return (name) => {
    if (name === '' || path.posix.isAbsolute(name) || name.split('/').includes('..') || name.includes('\0'))
      return null
    const file = realPath(path.join(root, name))
    if (file === null || !file.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) return null
    const stats = statSync(file)
    return stats.isFile() ? {file, start: 0, size: stats.size} : null
  }
}

function realPath(file: string): string | null {
  try {
    return realpathSync(file)
  } catch {
    return null
  }
}
