/** Reads one directory into columns: the only place where the walk touches the disk. Opens nothing but directories. */
import {lstatSync, readdirSync, readlinkSync, type Stats} from 'node:fs'
import {type EntryColumns, varintBytes} from './entry-columns.js'
import {MODE, toGoMode} from './file-mode.js'

/** A path on disk; bytes where it is not valid UTF-8. */
export type HostPath = string | Buffer

/** Tells how many bytes an entry's extended attributes add to its stat packet. */
export type XattrReader = (path: HostPath) => number

const REPLACEMENT = '\uFFFD'

/**
 * Appends a directory's entries, sorted by name as bytes. An entry that vanishes meanwhile is left out, as it is for
 * Docker.
 * @returns the error code where the directory cannot be read, else null
 */
export function readDirectory(
  directory: HostPath,
  columns: EntryColumns,
  readXattrs: XattrReader | null,
): string | null {
  let names: (string | Buffer)[]
  try {
    names = readNames(directory)
  } catch (error) {
    return errorCode(error)
  }
  for (const name of names) {
    const path = joinHostPath(directory, name)
    const problem = addEntry(path, name, columns, readXattrs)
    if (problem !== null && problem !== 'ENOENT') return problem
  }
  return null
}

function addEntry(
  path: HostPath,
  name: string | Buffer,
  columns: EntryColumns,
  readXattrs: XattrReader | null,
): string | null {
  let stats: Stats | undefined
  let target: string | Uint8Array | undefined
  try {
    stats = lstatSync(path, {throwIfNoEntry: false})
    if (stats?.isSymbolicLink()) target = readLinkTarget(path)
  } catch (error) {
    return errorCode(error)
  }
  if (stats === undefined) return null
  const mode = toGoMode(stats.mode)
  const index = columns.push(name, mode, stats.size, stats.mtimeMs, modifiedBytes(stats.mtimeMs, path))
  if (target !== undefined) columns.addRare(index, {linkTarget: target})
  if (typeof name !== 'string') columns.addRare(index, {nameBytes: new Uint8Array(name)})
  if (stats.nlink > 1 && stats.isFile()) columns.addRare(index, {inode: stats.ino})
  if (mode & MODE.device) columns.addRare(index, {device: splitDevice(stats.rdev)})
  const xattrBytes = readXattrs === null ? 0 : readXattrs(path)
  if (xattrBytes > 0) columns.addRare(index, {xattrBytes})
  return null
}

/** Names in the order of their bytes. Read again as bytes where one is not valid UTF-8. */
function readNames(directory: HostPath): (string | Buffer)[] {
  const names = readdirSync(directory)
  if (names.some((name) => name.includes(REPLACEMENT))) {
    return readdirSync(directory, {encoding: 'buffer'}).sort(Buffer.compare).map(decodeName)
  }
  // UTF-16 and UTF-8 sort alike but for surrogates.
  return names.some((name) => /[\uD800-\uFFFF]/.test(name)) ? names.sort(compareByCodePoint) : names.sort()
}

function compareByCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function decodeName(bytes: Buffer): string | Buffer {
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : bytes
}

function readLinkTarget(path: HostPath): string | Uint8Array {
  const target = readlinkSync(path)
  if (!target.includes(REPLACEMENT)) return target
  const bytes = readlinkSync(path, {encoding: 'buffer'})
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : new Uint8Array(bytes)
}

/** Joins a directory and a name, staying with text as long as both are. */
export function joinHostPath(directory: HostPath, name: string | Buffer): HostPath {
  if (typeof directory === 'string' && typeof name === 'string') return `${directory}/${name}`
  return Buffer.concat([Buffer.from(directory), Buffer.from('/'), Buffer.from(name)])
}

/** From 1972-04-13 on the time takes nine bytes; before, the exact nanoseconds decide. */
const NINE_BYTES_FROM_MS = 2 ** 56 / 1e6 + 1

function modifiedBytes(milliseconds: number, path: HostPath): number {
  if (milliseconds < 0) return 10
  if (milliseconds >= NINE_BYTES_FROM_MS) return milliseconds >= 2 ** 63 / 1e6 ? 10 : 9
  const nanoseconds = lstatSync(path, {bigint: true, throwIfNoEntry: false})?.mtimeNs ?? 0n
  return nanoseconds === 0n ? 0 : varintBytes(Number(nanoseconds))
}

/** Linux's layout of a device number. */
function splitDevice(device: number): {major: number; minor: number} {
  const bits = BigInt(device)
  return {
    major: Number(((bits >> 8n) & 0xfffn) | ((bits >> 32n) & 0xfffff000n)),
    minor: Number((bits & 0xffn) | ((bits >> 12n) & 0xffffff00n)),
  }
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'EIO'
}
