import {
  chmodSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** `[type, path, size | text | target, mode, mtime in seconds]`, as in test/conformance/transfer.jsonl. */
export type TreeRow = [
  type: string,
  path: string,
  value?: number | string | null,
  mode?: number,
  seconds?: number,
]

const DEFAULT_TIME = 1_700_000_000

/** Makes a temporary directory; call `remove` on it in an `after` hook. */
export function makeTemporaryDirectory(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'slim-check-'))
}

export function removeTree(directory: string): void {
  rmSync(directory, {recursive: true, force: true})
}

/** Makes a named pipe. */
type MakePipe = (hostPath: string) => void

/**
 * Writes files and rows below a directory; every time not given is 1700000000, directories' times are set last.
 * @param makePipe for rows of type `fifo`: Node makes none by itself
 */
export function writeTree(
  root: string,
  files: Record<string, string>,
  rows: readonly TreeRow[] = [],
  makePipe: MakePipe = refusePipe,
): void {
  const directories = new Map<string, {mode: number; seconds: number}>()
  const makeParents = (relative: string): void => {
    for (let at = path.posix.dirname(relative); at !== '.'; at = path.posix.dirname(at)) {
      if (!directories.has(at)) directories.set(at, {mode: 0o755, seconds: DEFAULT_TIME})
    }
    mkdirSync(path.join(root, path.posix.dirname(relative)), {recursive: true})
  }
  for (const [name, text] of Object.entries(files)) {
    makeParents(name)
    writeEntry(root, ['file', name, text, 0o644], makePipe)
  }
  for (const row of rows) {
    const [type, relative, , mode = 0o755, seconds = DEFAULT_TIME] = row
    makeParents(relative)
    if (type !== 'dir') writeEntry(root, row, makePipe)
    else {
      mkdirSync(path.join(root, relative), {recursive: true})
      directories.set(relative, {mode, seconds})
    }
  }
  for (const [relative, {mode, seconds}] of [...directories].sort(([a], [b]) => (a < b ? 1 : -1))) {
    chmodSync(path.join(root, relative), mode)
    setTime(path.join(root, relative), seconds)
  }
}

function writeEntry(
  root: string,
  [type, relative, value, mode = 0o644, seconds = DEFAULT_TIME]: TreeRow,
  makePipe: MakePipe,
): void {
  const hostPath = path.join(root, relative)
  if (type === 'symlink') {
    symlinkSync(String(value), hostPath)
    setTime(hostPath, seconds, lutimesSync)
    return
  }
  if (type === 'hardlink') {
    linkSync(path.join(root, String(value)), hostPath)
    return
  }
  if (type === 'fifo') makePipe(hostPath)
  else writeFileSync(hostPath, typeof value === 'number' ? Buffer.alloc(value, 'x') : (value ?? ''))
  chmodSync(hostPath, mode)
  setTime(hostPath, seconds)
}

/** Node takes a negative number for now, and a date before 1970 for what it is. */
function setTime(hostPath: string, seconds: number, set = utimesSync): void {
  const time = new Date(seconds * 1000)
  set(hostPath, time, time)
}

function refusePipe(hostPath: string): never {
  throw new Error(`no pipe can be made at ${hostPath}: give writeTree a way to make one`)
}
