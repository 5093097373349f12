/** Reads one directory into columns: with `read-entry.ts`, the only place where the walk touches the disk. Opens nothing but directories. */
import {readdirSync} from 'node:fs'
import type {EntryColumns} from '../model/entry-columns.js'
import {isDirectoryMode} from '../model/file-mode.js'
import type {EntryStamps} from './entry-stamps.js'
import {
  type EntryLook,
  errorCode,
  type HostPath,
  joinHostPath,
  type KnownEntries,
  REPLACEMENT,
  type ReadingTools,
  readEntry,
  UNKNOWN,
} from './read-entry.js'

/** A directory as the last walk knew it. */
export interface KnownDirectory {
  /** Its entry in `KnownEntries`, or `ROOT`. */
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
  /** Null where none are kept for the next walk. */
  stamps: EntryStamps | null
  directories: FoundDirectory[]
  /** How many of them the last walk had not seen as they are. */
  count: {changed: number}
}

/** The outcome of reading a directory. */
export interface ReadOutcome {
  /** The error code where it could not be read to its end, else null. */
  problem: string | null
  /** Whether all its names were there. If not, more may be missing by chance: the next walk is to read them again. */
  isSettled: boolean
}

/**
 * Appends a directory's entries, sorted by name as bytes. An entry that vanishes meanwhile is left out, as it is for
 * Docker.
 * @param known the directory's entry in what is known, or `ROOT`; null: it is not known
 */
export function readDirectory(
  directory: HostPath,
  known: number | null,
  tools: ReadingTools,
  into: ReadEntries,
): ReadOutcome {
  let names: (string | Buffer)[]
  try {
    names = readNames(directory)
  } catch (error) {
    return {problem: errorCode(error), isSettled: false}
  }
  const entries = tools.known === null || known === null ? null : mapNames(known, tools.known)
  let isSettled = true
  for (const name of names) {
    const entry = typeof name === 'string' ? (entries?.get(name) ?? UNKNOWN) : UNKNOWN
    const look = readEntry(joinHostPath(directory, name), entry, tools)
    if (typeof look !== 'string') addEntry(name, look, entry, into)
    else if (look === 'ENOENT') isSettled = false
    else return {problem: look, isSettled: false}
  }
  return {problem: null, isSettled}
}

/** The known entries of a directory, by name. */
function mapNames(directory: number, known: KnownEntries): Map<string, number> {
  const entries = new Map<string, number>()
  const end = known.endOf(directory)
  for (let entry = directory + 1; entry < end; entry = known.endOf(entry)) {
    const name = known.nameOf(entry)
    if (known.isText(entry, name)) entries.set(name, entry)
  }
  return entries
}

/** @param known where the last walk has it, or `UNKNOWN` */
function addEntry(
  name: string | Buffer,
  look: EntryLook,
  known: number,
  {columns, stamps, directories, count}: ReadEntries,
): void {
  const {stats, mode, changed, isSame, modifiedBytes, facts} = look
  const entry = columns.push(name, {mode, size: stats.size, modified: stats.mtimeMs, modifiedBytes})
  if (facts !== null) columns.addRare(entry, facts)
  if (typeof name !== 'string') columns.addRare(entry, {nameBytes: new Uint8Array(name)})
  stamps?.push(stats.ino, changed)
  if (!isSame) count.changed++
  if (isDirectoryMode(mode)) {
    directories.push({entry, name, known: known === UNKNOWN ? null : {entry: known, isUnchanged: isSame}})
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
