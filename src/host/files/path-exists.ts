import {lstatSync} from 'node:fs'

/** Tells whether something stands at a path, a dangling link included. */
export function pathExists(hostPath: string): boolean {
  try {
    lstatSync(hostPath)
    return true
  } catch {
    return false
  }
}
