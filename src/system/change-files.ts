import {chmodSync, lstatSync, mkdirSync, readFileSync, rmSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../errors.js'
import {ReplaceFileError, replaceFile} from './atomic-write.js'
import {explainErrorCode} from './read-file.js'

/** A file to write whole, or to take away with `after` null. */
interface Change {
  path: string
  before: Uint8Array | null
  after: Uint8Array | null
  isExecutable?: boolean
  /** A new file is for its owner alone. */
  isPrivate?: boolean
}

/** Reads a file; null for none. @throws SlimCheckError `file-unreadable` */
export function readFileOrNull(hostPath: string): Uint8Array | null {
  try {
    return readFileSync(hostPath)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO'
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new SlimCheckError('file-unreadable', {path: hostPath, reason: explainErrorCode(code)})
  }
}

/**
 * Applies changes in their order; each file is the old or the new one at any moment, and directories are made.
 * @throws SlimCheckError `file-not-written`; changes before the one that failed stay
 */
export function changeFiles(changes: readonly Change[]): void {
  for (const {path: hostPath, before, after, isExecutable, isPrivate} of changes) {
    try {
      if (after === null) removeFile(hostPath, before)
      else writeFile(hostPath, before, after)
      if (after !== null && before === null && isPrivate) chmodSync(hostPath, 0o600)
      if (after !== null && isExecutable) makeExecutable(hostPath)
    } catch (error) {
      throw new SlimCheckError('file-not-written', {path: hostPath, reason: explain(error)})
    }
  }
}

function writeFile(hostPath: string, before: Uint8Array | null, after: Uint8Array): void {
  if (before !== null && Buffer.from(before).equals(after)) return
  if (before === null) mkdirSync(path.dirname(hostPath), {recursive: true})
  replaceFile(hostPath, after, before)
}

function removeFile(hostPath: string, before: Uint8Array | null): void {
  if (before === null) return
  if (!readFileSync(hostPath).equals(before)) throw new ReplaceFileError('changed', hostPath)
  rmSync(hostPath)
}

function makeExecutable(hostPath: string): void {
  const {mode} = lstatSync(hostPath)
  if ((mode & 0o111) !== 0o111) chmodSync(hostPath, (mode & 0o7777) | 0o111)
}

function explain(error: unknown): string {
  if (error instanceof ReplaceFileError) return error.message.replace(/^cannot write ".*?": /, '')
  return explainErrorCode((error as NodeJS.ErrnoException).code ?? 'EIO')
}

/** Tells whether a path is a symbolic link, which writing would follow. */
export function isLink(hostPath: string): boolean {
  return lstatSync(hostPath, {throwIfNoEntry: false})?.isSymbolicLink() ?? false
}
