import {createHash} from 'node:crypto'
import {closeSync, openSync, readSync} from 'node:fs'

const CHUNK_BYTES = 1024 * 1024

/** The SHA-256 of a file's content; null for one that cannot be read. */
export function hashFile(hostPath: string): Uint8Array | null {
  try {
    const descriptor = openSync(hostPath, 'r')
    try {
      const hash = createHash('sha256')
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk))
        hash.update(chunk.subarray(0, read))
      return hash.digest()
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return null
  }
}
