/**
 * Replaces a file so that every reader finds the whole old content or the whole new one, at any moment.
 *
 * No library: write-file-atomic writes and renames just as well, but has no place for the comparison right before
 * the rename, opens its temporary file without O_EXCL, and knows neither `within` nor refusing a hard link.
 * Synchronous, so that no handler of a signal runs between the temporary file and its rename; only a process killed
 * outright can leave a `.slim-check-….tmp` behind.
 */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

export type ReplaceFileCode =
  /** Its content is not the expected one: an editor saved it, or it appeared or vanished meanwhile. */
  | 'changed'
  /** The path leads out of `within` through a link. */
  | 'leads-out'
  /** The path is a link to nothing, or to itself. */
  | 'dangling-link'
  /** It has other names: a rename would part it from them, writing in place would not be atomic. */
  | 'hard-linked'
  /** A directory, a device. */
  | 'not-a-file'
  /** The directory it should stand in does not exist. */
  | 'no-directory'
  /** File, directory or disk is read-only, for this user or for all. */
  | 'not-permitted'
  /** The disk or a quota is full. */
  | 'no-space'
  /** Anything else; see `cause`. */
  | 'failed'

const REASONS: Record<ReplaceFileCode, string> = {
  changed: 'it was changed meanwhile',
  'leads-out': 'it is a link out of the directory',
  'dangling-link': 'it is a link to a file that does not exist',
  'hard-linked': 'it is hard-linked to other files',
  'not-a-file': 'it is not a regular file',
  'no-directory': 'its directory does not exist',
  'not-permitted': 'permission denied',
  'no-space': 'no space left',
  failed: 'the system refused',
}

const CODES_BY_ERRNO: Record<string, ReplaceFileCode> = {
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  EROFS: 'not-permitted',
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EFBIG: 'no-space',
  ENOENT: 'no-directory',
  ENOTDIR: 'no-directory',
  EISDIR: 'not-a-file',
  ELOOP: 'dangling-link',
}

/** Thrown by `replaceFile`: the file is as it was, and nothing is left beside it. */
export class ReplaceFileError extends Error {
  override readonly name = 'ReplaceFileError'

  constructor(
    readonly code: ReplaceFileCode,
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(`cannot write ${JSON.stringify(path)}: ${REASONS[code]}`, options)
  }

  /** The code in words. */
  get reason(): string {
    return REASONS[this.code]
  }
}

export interface ReplaceFileOptions {
  /** A directory that the real file must lie in, links resolved. Default: anywhere. */
  within?: string
  /** Permission bits of a file that is new. Default: 0644. The umask is taken off. */
  modeOfNew?: number
  /** Permission bits that the file has from its first moment on, in spite of the umask. */
  addMode?: number
}

/** Where the content really goes, and what stands there now. */
interface Target {
  hostPath: string
  stats: Stats | null
}

/**
 * Writes a file through a temporary one beside it. A symbolic link stays one and its target is replaced; mode and
 * owner stay where the system allows it. A new file gets mode 0644, less the umask.
 *
 * @param expected what the caller has read and edited, null for no file; anything else there is refused. Between the
 *   last look and the rename lies one system call, which no portable means can close.
 * @throws ReplaceFileError
 */
export function replaceFile(
  filePath: string,
  content: Uint8Array,
  expected: Uint8Array | null,
  options: ReplaceFileOptions = {},
): void {
  try {
    const target = resolveTarget(filePath, options.within)
    checkContent(filePath, target.hostPath, expected)
    writeThroughTemporary(target, content, options, () => checkContent(filePath, target.hostPath, expected))
  } catch (error) {
    if (error instanceof ReplaceFileError) throw error
    const code = CODES_BY_ERRNO[(error as NodeJS.ErrnoException).code ?? ''] ?? 'failed'
    throw new ReplaceFileError(code, filePath, {cause: error})
  }
}

function resolveTarget(filePath: string, within: string | undefined): Target {
  const exists = lstatSync(filePath, {throwIfNoEntry: false}) !== undefined
  const stats = statSync(filePath, {throwIfNoEntry: false}) ?? null
  if (exists && stats === null) throw new ReplaceFileError('dangling-link', filePath)
  const hostPath =
    stats === null
      ? path.join(realpathSync(path.dirname(filePath)), path.basename(filePath))
      : realpathSync(filePath)
  if (within !== undefined && !isInside(realpathSync(within), hostPath)) {
    throw new ReplaceFileError('leads-out', filePath)
  }
  if (stats !== null) {
    if (!stats.isFile()) throw new ReplaceFileError('not-a-file', filePath)
    if (stats.nlink > 1) throw new ReplaceFileError('hard-linked', filePath)
    // A rename asks for no right to the file itself: without this a read-only file would be overwritten.
    accessSync(hostPath, constants.W_OK)
  }
  return {hostPath, stats}
}

function isInside(directory: string, hostPath: string): boolean {
  const relative = path.relative(directory, hostPath)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}

function checkContent(filePath: string, hostPath: string, expected: Uint8Array | null): void {
  const stats = lstatSync(hostPath, {throwIfNoEntry: false})
  if (stats !== undefined && !stats.isFile()) throw new ReplaceFileError('changed', filePath)
  const current = stats === undefined ? null : readFileSync(hostPath)
  const isExpected = current === null || expected === null ? current === expected : current.equals(expected)
  if (!isExpected) throw new ReplaceFileError('changed', filePath)
}

function writeThroughTemporary(
  {hostPath, stats}: Target,
  content: Uint8Array,
  {modeOfNew = 0o644, addMode = 0}: ReplaceFileOptions,
  checkAgain: () => void,
): void {
  const directory = path.dirname(hostPath)
  // Not made of the file's own name, which may already be as long as a name can be.
  // The name need not be a secret: O_EXCL takes no file and no link that is there. Loading node:crypto takes 4 ms.
  const temporary = path.join(directory, `.slim-check-${Math.random().toString(36).slice(2, 12)}.tmp`)
  const descriptor = openSync(temporary, 'wx', stats === null ? modeOfNew : 0o600)
  try {
    try {
      writeFileSync(descriptor, content)
      if (stats !== null) copyOwnerAndMode(descriptor, stats)
      if (addMode !== 0) fchmodSync(descriptor, (fstatSync(descriptor).mode & 0o7777) | addMode)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    checkAgain()
    renameSync(temporary, hostPath)
  } catch (error) {
    rmSync(temporary, {force: true})
    throw error
  }
  syncDirectory(directory)
}

/** Owner before mode: changing the owner clears the set-user-id bits. */
function copyOwnerAndMode(descriptor: number, {uid, gid, mode}: Stats): void {
  try {
    fchownSync(descriptor, uid, gid)
  } catch {
    // Only root may give a file away, and some file systems have no owners: then it is ours, as with an editor.
  }
  fchmodSync(descriptor, mode & 0o7777)
}

/** Makes the rename itself survive a power failure, where directories can be synced. */
function syncDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Windows and some network file systems cannot; the content is whole either way.
  }
}
