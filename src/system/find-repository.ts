import {statSync} from 'node:fs'
import path from 'node:path'

/** Finds the nearest directory, from one upwards, that holds `.git`; null where there is none. */
export function findRepository(hostPath: string): string | null {
  for (let at = hostPath; ; at = path.dirname(at)) {
    if (statSync(path.join(at, '.git'), {throwIfNoEntry: false}) !== undefined) return at
    if (path.dirname(at) === at) return null
  }
}
