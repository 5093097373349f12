import {rmSync} from 'node:fs'

/** Removes a file; nothing there is fine. */
export function removeFile(hostPath: string): void {
  rmSync(hostPath, {force: true})
}
