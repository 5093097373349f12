import {appendFileSync, chmodSync, lstatSync, mkdirSync, readFileSync, rmSync} from 'node:fs'
import path from 'node:path'
import {SlimCheckError} from '../../errors.js'
import type {FileChange} from '../../report/file-change.js'
import {ReplaceFileError, replaceFile} from './atomic-write.js'
import {explainErrorCode, readFileBounded} from './read-file.js'

/** No configuration or start-up file is larger. */
const MAX_BYTES = 64 * 2 ** 20

/** Reads a regular file; null for none. @throws SlimCheckError `file-unreadable`, `file-too-large` */
export function readFileOrNull(hostPath: string): Uint8Array | null {
  const read = readFileBounded(hostPath, MAX_BYTES)
  switch (read.status) {
    case 'read':
      return read.content
    case 'missing':
      return null
    case 'unreadable':
      throw new SlimCheckError('file-unreadable', {path: hostPath, reason: read.reason})
    case 'too-large':
      throw new SlimCheckError('file-too-large', {file: hostPath, maxBytes: MAX_BYTES})
    default:
      throw new SlimCheckError('file-unreadable', {path: hostPath, reason: 'it is not a regular file'})
  }
}

/**
 * Applies changes in their order; each file is the old or the new one at any moment, and directories are made.
 * @throws SlimCheckError `file-not-written`; changes before the one that failed stay
 */
export function changeFiles(changes: readonly FileChange[]): void {
  for (const {path: hostPath, before, after, isExecutable, isPrivate} of changes) {
    try {
      if (after === null) removeExpected(hostPath, before)
      else writeFile(hostPath, before, after, {isExecutable, isPrivate})
    } catch (error) {
      throw new SlimCheckError('file-not-written', {path: hostPath, reason: explain(error)})
    }
  }
}

/** The mode comes with the content: a launcher that Docker finds but may not start breaks each build. */
function writeFile(
  hostPath: string,
  before: Uint8Array | null,
  after: Uint8Array,
  {isExecutable, isPrivate}: {isExecutable: boolean | undefined; isPrivate: boolean | undefined},
): void {
  if (before !== null && Buffer.from(before).equals(after)) {
    if (isExecutable) makeExecutable(hostPath)
    return
  }
  if (before === null) mkdirSync(path.dirname(hostPath), {recursive: true})
  const modeOfNew = isPrivate ? 0o600 : 0o644
  replaceFile(hostPath, after, before, {modeOfNew, ...(isExecutable && {addMode: 0o111})})
}

function removeExpected(hostPath: string, before: Uint8Array | null): void {
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

/** Writes to the end of a file. @throws SlimCheckError `file-not-written` */
export function appendFile(hostPath: string, text: string): void {
  try {
    appendFileSync(hostPath, text)
  } catch (error) {
    const reason = explainErrorCode((error as NodeJS.ErrnoException).code ?? 'EIO')
    throw new SlimCheckError('file-not-written', {path: hostPath, reason})
  }
}

/** Removes a file only if it holds exactly this text: the user may have changed it meanwhile. */
export function removeFile(hostPath: string, content: Uint8Array): void {
  const read = readFileBounded(hostPath, content.length)
  if (read.status === 'read' && Buffer.from(content).equals(read.content)) rmSync(hostPath, {force: true})
}
