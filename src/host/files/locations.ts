import {lstatSync, statSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Tells whether something stands at a path, a dangling link included. */
export function pathExists(hostPath: string): boolean {
  try {
    lstatSync(hostPath)
    return true
  } catch {
    return false
  }
}

/** Tells whether a directory stands at a path, or a link to one. */
export function isDirectory(hostPath: string): boolean {
  try {
    return statSync(hostPath).isDirectory()
  } catch {
    return false
  }
}

/** Finds the user's home directory; the root for a user without one, as in a container. */
export function findHomeDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.HOME) return env.HOME
  try {
    return os.homedir() || '/'
  } catch {
    return '/'
  }
}

/** Finds the nearest directory, from one upwards, that holds `.git`; null where there is none. */
export function findRepository(hostPath: string): string | null {
  for (let at = hostPath; ; at = path.dirname(at)) {
    if (pathExists(path.join(at, '.git'))) return at
    if (path.dirname(at) === at) return null
  }
}
