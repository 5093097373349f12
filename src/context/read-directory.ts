/** Reads one directory into columns: the only place where the walk touches the disk. Opens nothing but directories. */
import {lstatSync, readdirSync, readlinkSync, type Stats, statSync} from 'node:fs'
import {type EntryColumns, varintBytes} from './entry-columns.js'
import type {EntryStamps, FileStamp} from './entry-stamps.js'
import {MODE, toGoMode} from './file-mode.js'
import type {WalkIndex} from './walk-index.js'

/** A path on disk; bytes where it is not valid UTF-8. */
export type HostPath = string | Buffer

/** Tells how many bytes an entry's extended attributes add to its stat packet. */
export type XattrReader = (path: HostPath) => number

const REPLACEMENT = '\uFFFD'

/** What directories are read with. */
export interface ReadingTools {
  readXattrs: XattrReader | null
  /** What the last walk saw; null: nothing. */
  index: WalkIndex | null
  /** The device that stamps are taken on: elsewhere nothing is relied on later. Null: no stamps are taken. */
  device: number | null
}

/** A directory as the last walk knew it. */
export interface KnownDirectory {
  /** Its entry in the index, or `ROOT`. */
  entry: number
  /** Whether its names are still the same. */
  isUnchanged: boolean
}

/** A directory among the entries that were read. */
export interface FoundDirectory {
  entry: number
  name: string | Buffer
  known: KnownDirectory | null
}

/** Where entries are put. */
export interface ReadEntries {
  columns: EntryColumns
  stamps: EntryStamps
  directories: FoundDirectory[]
  /** How many were as the last walk saw them. */
  unchangedCount: number
}

/**
 * Appends a directory's entries, sorted by name as bytes. An entry that vanishes meanwhile is left out, as it is for
 * Docker.
 * @returns the error code where the directory cannot be read, else null
 */
export function readDirectory(
  directory: HostPath,
  known: KnownDirectory | null,
  tools: ReadingTools,
  into: ReadEntries,
): string | null {
  const {index} = tools
  if (index !== null && known?.isUnchanged) return readKnown(directory, known, index, tools, into)
  let names: (string | Buffer)[]
  try {
    names = readNames(directory)
  } catch (error) {
    return errorCode(error)
  }
  const entries = index === null || known === null ? null : mapNames(known, index)
  for (const name of names) {
    const entry = typeof name === 'string' ? (entries?.get(name) ?? UNKNOWN) : UNKNOWN
    const problem = addEntry(directory, name, entry, tools, into)
    if (problem !== null) return problem
  }
  return null
}

const UNKNOWN = -1

/** Takes the names from the index instead of the disk. */
function readKnown(
  directory: HostPath,
  {entry: knownDirectory}: KnownDirectory,
  index: WalkIndex,
  tools: ReadingTools,
  into: ReadEntries,
): string | null {
  const end = index.endOf(knownDirectory)
  for (let entry = knownDirectory + 1; entry < end; entry = index.endOf(entry)) {
    const problem = addEntry(directory, index.nameOf(entry), entry, tools, into)
    if (problem !== null) return problem
  }
  return null
}

/** Where the index has the entries of a directory, by name. */
function mapNames({entry: knownDirectory}: KnownDirectory, index: WalkIndex): Map<string, number> {
  const entries = new Map<string, number>()
  const end = index.endOf(knownDirectory)
  for (let entry = knownDirectory + 1; entry < end; entry = index.endOf(entry)) {
    entries.set(index.nameOf(entry), entry)
  }
  return entries
}

function addEntry(
  directory: HostPath,
  name: string | Buffer,
  knownEntry: number,
  {readXattrs, index, device}: ReadingTools,
  into: ReadEntries,
): string | null {
  const {columns, stamps, directories} = into
  const path = joinHostPath(directory, name)
  let stats: Stats | undefined
  let target: string | Uint8Array | undefined
  try {
    stats = lstatSync(path, {throwIfNoEntry: false})
    if (stats?.isSymbolicLink()) target = readLinkTarget(path)
  } catch (error) {
    const code = errorCode(error)
    return code === 'ENOENT' ? null : code
  }
  if (stats === undefined) return null
  const mode = toGoMode(stats.mode)
  const entry = columns.push(name, mode, stats.size, stats.mtimeMs, modifiedBytes(stats.mtimeMs, path))
  if (target !== undefined) columns.addRare(entry, {linkTarget: target})
  if (typeof name !== 'string') columns.addRare(entry, {nameBytes: new Uint8Array(name)})
  if (stats.nlink > 1 && mode < MODE.dir && target === undefined) addInode(path, stats, columns, entry)
  if (mode & MODE.device) columns.addRare(entry, {device: splitDevice(stats.rdev)})
  const changed = stats.dev === device ? stats.ctimeMs : Number.NaN
  if (device !== null) stamps.push(stats.ino, changed)
  const isUnchanged = index !== null && knownEntry !== UNKNOWN && index.isSame(knownEntry, stats.ino, changed)
  if (isUnchanged) into.unchangedCount++
  const xattrBytes = isUnchanged ? index.xattrBytes[knownEntry]! : (readXattrs?.(path) ?? 0)
  if (xattrBytes > 0) columns.addRare(entry, {xattrBytes})
  if (mode >= MODE.dir) {
    directories.push({entry, name, known: knownEntry === UNKNOWN ? null : {entry: knownEntry, isUnchanged}})
  }
  return null
}

/** Pipes, devices and sockets are linked like files. Two inodes may round to one number: where they can, all digits count. */
function addInode(path: HostPath, {ino}: Stats, columns: EntryColumns, entry: number): void {
  const inode = Number.isSafeInteger(ino) ? ino : lstatSync(path, {bigint: true, throwIfNoEntry: false})?.ino
  if (inode !== undefined) columns.addRare(entry, {inode})
}

/** The device and the stamp of the directory that a walk begins at; null where it cannot be looked at. */
export function readRootStamp(directory: HostPath): {device: number; stamp: FileStamp} | null {
  try {
    const {dev, ino, ctimeMs} = statSync(directory)
    return {device: dev, stamp: {inode: ino, changed: ctimeMs}}
  } catch {
    return null
  }
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
