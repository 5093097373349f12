import {rmSync} from 'node:fs'
import {readFileBounded} from './read-file.js'

/** Removes a file that holds just this, and leaves any other: somebody may have changed it meanwhile. */
export function removeFile(hostPath: string, content: Uint8Array): void {
  const read = readFileBounded(hostPath, content.length)
  if (read.status === 'read' && Buffer.from(content).equals(read.content)) rmSync(hostPath, {force: true})
}
