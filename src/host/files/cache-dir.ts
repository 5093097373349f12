import {lstatSync, readdirSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {findHomeDir} from './locations.js'

const NAME = 'docker-slim-check'

/**
 * Finds where this program may keep what it can make again; it need not exist. Null where the user wants nothing kept
 * (`SLIM_CHECK_NO_CACHE`), and where the place is another user's, as under `sudo` (what stands there is not to be
 * trusted, and what root writes would stay root's), or may not be read.
 */
export function findCacheDir(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (env.SLIM_CHECK_NO_CACHE) return null
  const directory = path.join(findCacheHome(env, platform), NAME)
  // HOME may be empty, or anything: below the working directory it would be part of a context.
  if (!path.isAbsolute(directory)) return null
  try {
    return isOwn(directory) ? directory : null
  } catch {
    return null
  }
}

function findCacheHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const {XDG_CACHE_HOME, LOCALAPPDATA} = env
  // The XDG specification: a relative path is to be ignored.
  if (XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME
  if (platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA
  return path.join(findHomeDir(env), platform === 'darwin' ? 'Library/Caches' : '.cache')
}

/** Whether the directory, or the nearest one above it that exists, belongs to this user. */
function isOwn(directory: string): boolean {
  const userId = process.geteuid?.()
  if (userId === undefined) return true
  const stats = statSync(directory, {throwIfNoEntry: false})
  if (stats !== undefined) return stats.isDirectory() && stats.uid === userId
  const parent = path.dirname(directory)
  return parent !== directory && isOwn(parent)
}

/** What stays of a directory's files. */
export interface Keeping {
  maxFiles: number
  /** Of all of them together; the newest stays even if it is larger. Default: no limit. */
  maxBytes?: number
}

/** Keeps the files of a directory that were written, or touched, last: from the newest on, as long as they fit. */
export function keepNewest(
  directory: string,
  {maxFiles, maxBytes = Number.POSITIVE_INFINITY}: Keeping,
): void {
  const entries = readdirSync(directory, {withFileTypes: true}).filter((entry) => !entry.isDirectory())
  const files = entries.map(({name}) => path.join(directory, name))
  const byUse = files.map((file) => {
    const stats = lstatSync(file, {throwIfNoEntry: false})
    return {file, usedAt: stats?.mtimeMs ?? 0, bytes: stats?.size ?? 0}
  })
  byUse.sort((one, other) => other.usedAt - one.usedAt)
  let total = 0
  for (const [place, {file, bytes}] of byUse.entries()) {
    total += bytes
    if (place >= maxFiles || (place > 0 && total > maxBytes)) rmSync(file, {force: true})
  }
}

/** Puts a file of our own in place in one step, for this user alone. Nothing is left of what could not be written. */
export function writeWhole(file: string, content: Uint8Array): void {
  const temporary = `${file}.${Math.random().toString(36).slice(2)}.tmp`
  try {
    writeFileSync(temporary, content, {flag: 'wx', mode: 0o600})
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, {force: true})
    throw error
  }
}
