/** Looks at one entry: with `read-directory.ts`, the only place where the walk touches the disk. Opens nothing. */
import {lstatSync, readlinkSync, type Stats, statSync} from 'node:fs'
import {type RareFacts, varintBytes} from '../model/entry-columns.js'
import {isDirectoryMode, MODE, toGoMode} from '../model/file-mode.js'
import type {FileStamp} from './entry-stamps.js'

/** A path on disk; bytes where it is not valid UTF-8. */
export type HostPath = string | Buffer

/** Tells how many bytes an entry's extended attributes add to its stat packet. */
export type XattrReader = (path: HostPath) => number

/** Replaces bytes in a text that are not valid UTF-8. */
export const REPLACEMENT = '\uFFFD'

const IF_THERE = {throwIfNoEntry: false} as const

/** What the last walk saw. */
export interface KnownEntries {
  /** Bytes that extended attributes add to the stat packet, by entry. */
  readonly xattrBytes: Uint32Array
  nameOf(entry: number): string
  /** Whether an entry's name is this text: not where a replacement character stands for bytes that are not UTF-8. */
  isText(entry: number, name: string): boolean
  /** Behind the last entry of a directory's subtree; the directory is `ROOT` for the walked one. */
  endOf(directory: number): number
  /** Whether an entry is still what it was. */
  isSame(entry: number, inode: number, changed: number): boolean
}

/** The tools that entries are read with. */
export interface ReadingTools {
  readXattrs: XattrReader | null
  /** Null: nothing is known. */
  known: KnownEntries | null
  /** The device that the walk is on: elsewhere nothing is relied on later. Null: nothing is relied on anywhere. */
  device: number | null
  /** Whether stamps are kept for the next walk. */
  takesStamps: boolean
}

/** Instead of an entry: it is not known. */
export const UNKNOWN = -1

/** The outcome of reading one entry. */
export interface EntryLook {
  stats: Stats
  /** Go's file mode. */
  mode: number
  /** Milliseconds since 1970; NaN where it is not to be relied on. */
  changed: number
  /** Whether it is as the last walk saw it. */
  isSame: boolean
  modifiedBytes: number
  facts: RareFacts | null
}

/**
 * Looks at an entry, links not followed.
 * @param entry where it is known, or `UNKNOWN`
 * @returns an error code where that cannot be done: `ENOENT` for an entry that is not there
 */
export function readEntry(path: HostPath, entry: number, tools: ReadingTools): EntryLook | string {
  const {known, device, readXattrs} = tools
  try {
    const stats = lookAt(path)
    if (stats === undefined) return 'ENOENT'
    const mode = toGoMode(stats.mode)
    const changed = stats.dev === device ? stats.ctimeMs : Number.NaN
    const isSame = known !== null && entry !== UNKNOWN && known.isSame(entry, stats.ino, changed)
    const rare = readRareFacts(path, stats, mode)
    const modifiedBytes = readModifiedBytes(stats.mtimeMs, path)
    const xattrBytes = isSame ? known.xattrBytes[entry]! : (readXattrs?.(path) ?? 0)
    const facts = xattrBytes > 0 ? {...rare, xattrBytes} : rare
    return {stats, mode, changed, isSame, modifiedBytes, facts}
  } catch (error) {
    return errorCode(error)
  }
}

/** Looks at an entry, links not followed; undefined for none. @throws what the system says beyond that */
export function lookAt(path: HostPath): Stats | undefined {
  return lstatSync(path, IF_THERE)
}

/**
 * What only few entries have, attributes excepted; null for most.
 * @throws what the system says of a link that has vanished meanwhile
 */
function readRareFacts(path: HostPath, stats: Stats, mode: number): RareFacts | null {
  if (mode & MODE.symlink) return {linkTarget: readLinkTarget(path)}
  const device = mode & MODE.device ? splitDevice(stats.rdev) : undefined
  const inode = stats.nlink > 1 && !isDirectoryMode(mode) ? readInode(path, stats) : undefined
  if (device === undefined && inode === undefined) return null
  return {...(device && {device}), ...(inode !== undefined && {inode})}
}

/** Pipes, devices and sockets are linked like files. Two inodes may round to one number: where they can, all digits count. */
function readInode(path: HostPath, {ino}: Stats): number | bigint | undefined {
  return Number.isSafeInteger(ino) ? ino : lstatSync(path, {bigint: true, throwIfNoEntry: false})?.ino
}

function readLinkTarget(path: HostPath): string | Uint8Array {
  const target = readlinkSync(path)
  if (!target.includes(REPLACEMENT)) return target
  const bytes = readlinkSync(path, {encoding: 'buffer'})
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : new Uint8Array(bytes)
}

/** From 1972-04-13 on the time takes nine bytes; before, the exact nanoseconds decide. */
const NINE_BYTES_FROM_MS = 2 ** 56 / 1e6 + 1

/** Bytes that a modification time takes as a varint of nanoseconds; 0 for 1970 itself. */
function readModifiedBytes(milliseconds: number, path: HostPath): number {
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

/** The device and the stamp of the directory that a walk begins at; null where it cannot be looked at. */
export function readRootStamp(directory: HostPath): {device: number; stamp: FileStamp} | null {
  try {
    const {dev, ino, ctimeMs} = statSync(directory)
    return {device: dev, stamp: {inode: ino, changed: ctimeMs}}
  } catch {
    return null
  }
}

/** Joins a directory and a name: as text if both are text, else as bytes. */
export function joinHostPath(directory: HostPath, name: string | Buffer): HostPath {
  if (typeof directory === 'string' && typeof name === 'string') return `${directory}/${name}`
  return Buffer.concat([Buffer.from(directory), Buffer.from('/'), Buffer.from(name)])
}

/** What the system calls an error, such as `EACCES`. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'EIO'
}
