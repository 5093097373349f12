/**
 * A file of compiled code. V8 checks that code suits its version, flags and the length of the source, but neither what
 * the source says nor whether the code is whole: broken code ends the process. So both stand here with a checksum, and
 * only a file is read that none but this user could write.
 */
import {closeSync, constants, fstatSync, mkdirSync, openSync, readFileSync} from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import {keepNewest, writeWhole} from '../files/cache-dir.js'

/**
 * Opens a file: `slimcode`, then 32 bits each: how many calls made it, the checksum of the source, that of the code, and
 * nothing, so that the code begins at a multiple of eight bytes: V8 copies what does not.
 */
const MAGIC = Buffer.from('slimcode')
const HEADER_BYTES = MAGIC.length + 16

/** Up to six for each command in three versions of node; a year of updates must not fill a home directory. */
const MAX_FILES = 160

export interface KeptCode {
  code: Buffer
  /** How many calls kept code in it, one after the other: each adds the functions that it ran. At least 1. */
  calls: number
}

/** Windows has no such thing: there the user's own directory is for this user alone. */
const userId = process.geteuid?.()

/** Reads the code that was kept for this source; null if there is none that may be trusted. Never throws. */
export function readCode(codePath: string, source: Buffer): KeptCode | null {
  try {
    const content = readOwnFile(codePath)
    if (content === null || content.length <= HEADER_BYTES) return null
    const kept = {code: content.subarray(HEADER_BYTES), calls: content.readUInt32LE(MAGIC.length)}
    return content.subarray(0, HEADER_BYTES).equals(createHeader(source, kept)) ? kept : null
  } catch {
    return null
  }
}

/** Keeps code for the next call, in a directory that is made at need. Never throws: without it all goes on as before. */
export function writeCode(codePath: string, source: Buffer, createCode: () => KeptCode): void {
  try {
    const directory = path.dirname(codePath)
    mkdirSync(directory, {recursive: true, mode: 0o700})
    const kept = createCode()
    writeWhole(codePath, Buffer.concat([createHeader(source, kept), kept.code]))
    keepNewest(directory, {maxFiles: MAX_FILES})
  } catch {
    // A full disk, a read-only home: nothing is lost.
  }
}

function readOwnFile(file: string): Buffer | null {
  // Windows knows neither flag. A pipe must not be waited for.
  const {O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const stats = fstatSync(descriptor)
    const isOwn = userId === undefined || (stats.uid === userId && (stats.mode & 0o022) === 0)
    return stats.isFile() && isOwn ? readFileSync(descriptor) : null
  } finally {
    closeSync(descriptor)
  }
}

function createHeader(source: Buffer, {code, calls}: KeptCode): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(header)
  header.writeUInt32LE(calls, MAGIC.length)
  header.writeUInt32LE(zlib.crc32(source), MAGIC.length + 4)
  header.writeUInt32LE(zlib.crc32(code, calls), MAGIC.length + 8)
  return header
}
