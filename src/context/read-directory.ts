/** Reads one directory into columns: with `read-entry.ts`, the only place where the walk touches the disk. Opens nothing but directories. */
import {readdirSync, type Stats} from 'node:fs'
import type {EntryColumns, RareFacts} from './entry-columns.js'
import type {EntryStamps} from './entry-stamps.js'
import {isDirectoryMode, toGoMode} from './file-mode.js'
import {
  errorCode,
  type HostPath,
  joinHostPath,
  lookAt,
  REPLACEMENT,
  readModifiedBytes,
  readRareFacts,
  type XattrReader,
} from './read-entry.js'
import type {WalkIndex} from './walk-index.js'

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
  /** How many the last walk had not seen as they are. */
  changedCount: number
}

/**
 * Appends a directory's entries, sorted by name as bytes. An entry that vanishes meanwhile is left out, as it is for
 * Docker.
 * @param known where the index has the directory, or `ROOT`; null: nowhere
 * @returns the error code where the directory cannot be read, else null
 */
export function readDirectory(
  directory: HostPath,
  known: number | null,
  tools: ReadingTools,
  into: ReadEntries,
): string | null {
  let names: (string | Buffer)[]
  try {
    names = readNames(directory)
  } catch (error) {
    return errorCode(error)
  }
  const entries = tools.index === null || known === null ? null : mapNames(known, tools.index)
  for (const name of names) {
    const entry = typeof name === 'string' ? (entries?.get(name) ?? UNKNOWN) : UNKNOWN
    const problem = addEntry(directory, name, entry, tools, into)
    if (problem !== null) return problem
  }
  return null
}

const UNKNOWN = -1

/** Where the index has the entries of a directory, by name. */
function mapNames(knownDirectory: number, index: WalkIndex): Map<string, number> {
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
  let mode = 0
  let facts: RareFacts | null = null
  try {
    stats = lookAt(path)
    if (stats === undefined) return null
    mode = toGoMode(stats.mode)
    facts = readRareFacts(path, stats, mode)
  } catch (error) {
    const code = errorCode(error)
    return code === 'ENOENT' ? null : code
  }
  const entry = columns.push(name, mode, stats.size, stats.mtimeMs, readModifiedBytes(stats.mtimeMs, path))
  if (facts !== null) columns.addRare(entry, facts)
  if (typeof name !== 'string') columns.addRare(entry, {nameBytes: new Uint8Array(name)})
  const changed = stats.dev === device ? stats.ctimeMs : Number.NaN
  if (device !== null) stamps.push(stats.ino, changed)
  const isUnchanged = index !== null && knownEntry !== UNKNOWN && index.isSame(knownEntry, stats.ino, changed)
  if (!isUnchanged) into.changedCount++
  const xattrBytes = isUnchanged ? index.xattrBytes[knownEntry]! : (readXattrs?.(path) ?? 0)
  if (xattrBytes > 0) columns.addRare(entry, {xattrBytes})
  if (isDirectoryMode(mode)) {
    directories.push({entry, name, known: knownEntry === UNKNOWN ? null : {entry: knownEntry, isUnchanged}})
  }
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
