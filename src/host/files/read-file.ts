import {closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync} from 'node:fs'
import path from 'node:path'

/** A file's content, or why there is none. */
export type FileContent =
  | {readonly status: 'read'; readonly content: Uint8Array}
  | {readonly status: 'missing'}
  | {readonly status: 'directory'}
  | {readonly status: 'special'}
  | {readonly status: 'too-large'; readonly maxBytes: number}
  | {readonly status: 'unreadable'; readonly reason: string}

/** Reads a regular file of at most `maxBytes`. Opens nothing else: a pipe or a device may do something then. Never throws. */
export function readFileBounded(hostPath: string, maxBytes: number): FileContent {
  try {
    return describeOther(statSync(hostPath), maxBytes) ?? readOpened(hostPath, maxBytes)
  } catch (error) {
    return describeFailure(error)
  }
}

/** Looks again once it is open, without waiting: something else may have taken its place meanwhile. */
function readOpened(hostPath: string, maxBytes: number): FileContent {
  const descriptor = openSync(hostPath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(descriptor)
    return describeOther(stats, maxBytes) ?? {status: 'read', content: readToEnd(descriptor, stats.size)}
  } finally {
    closeSync(descriptor)
  }
}

/** What is no regular file of at most `maxBytes`; null for one. */
function describeOther(stats: Stats, maxBytes: number): FileContent | null {
  if (stats.isDirectory()) return {status: 'directory'}
  if (!stats.isFile()) return {status: 'special'}
  return stats.size > maxBytes ? {status: 'too-large', maxBytes} : null
}

function readToEnd(descriptor: number, size: number): Uint8Array {
  const content = Buffer.alloc(size)
  let length = 0
  while (length < size) {
    const count = readSync(descriptor, content, length, size - length, null)
    if (count === 0) break
    length += count
  }
  return content.subarray(0, length)
}

function describeFailure(error: unknown): FileContent {
  const code = (error as NodeJS.ErrnoException).code ?? 'EIO'
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return {status: 'missing'}
  if (code === 'EISDIR') return {status: 'directory'}
  if (code === 'ENXIO') return {status: 'special'}
  return {status: 'unreadable', reason: explainErrorCode(code)}
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EIO: 'input/output error',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many open files',
  ENOENT: 'it no longer exists',
  ELOOP: 'its links go in a circle',
  ENOSPC: 'no space left',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a directory',
}

/** Says an error code in words; the code itself where there are none for it. */
export function explainErrorCode(code: string): string {
  return REASONS[code] ?? code
}

/** A file to look into. */
interface WantedFile {
  /** Relative to the context, `/`-separated. */
  path: string
  /** Only so much of its beginning is read. */
  maxBytes: number
}

/** Reads the beginnings of regular files; links are not followed, and what cannot be read is left out. */
export type ReadBeginnings = (contextDir: string, wanted: readonly WantedFile[]) => Map<string, string>

export const readBeginnings: ReadBeginnings = (contextDir, wanted) =>
  collectTexts(contextDir, wanted, readText)

/** A reader that reads each file once: a later change on disk is not seen. */
export function createBeginningsReader(): ReadBeginnings {
  const known = new Map<string, string | null>()
  const read = (hostPath: string, maxBytes: number) => {
    const key = `${maxBytes} ${hostPath}`
    const text = known.get(key)
    if (text !== undefined) return text
    const found = readText(hostPath, maxBytes)
    known.set(key, found)
    return found
  }
  return (contextDir, wanted) => collectTexts(contextDir, wanted, read)
}

function collectTexts(
  contextDir: string,
  wanted: readonly WantedFile[],
  read: typeof readText,
): Map<string, string> {
  const texts = new Map<string, string>()
  for (const {path: contextPath, maxBytes} of wanted) {
    const text = read(path.join(contextDir, contextPath), maxBytes)
    if (text !== null) texts.set(contextPath, text)
  }
  return texts
}

function readText(hostPath: string, maxBytes: number): string | null {
  return readBeginning(hostPath, maxBytes)?.toString('utf8') ?? null
}

function readBeginning(hostPath: string, maxBytes: number): Buffer | null {
  let descriptor: number | undefined
  try {
    // A pipe or a device is not even opened.
    if (!lstatSync(hostPath).isFile()) return null
    descriptor = openSync(
      hostPath,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    )
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) return null
    const content = Buffer.alloc(Math.min(maxBytes, stats.size))
    const length = readSync(descriptor, content, 0, content.length, 0)
    return content.subarray(0, length)
  } catch {
    return null
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
