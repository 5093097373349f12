import path from 'node:path'
import {pathExists} from './path-exists.js'

/** Finds the nearest directory, from one upwards, that holds `.git`; null where there is none. */
export function findRepository(hostPath: string): string | null {
  for (let at = hostPath; ; at = path.dirname(at)) {
    if (pathExists(path.join(at, '.git'))) return at
    if (path.dirname(at) === at) return null
  }
}
