import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {open} from 'node:fs/promises'

/** A file whose content is wanted as a digest. */
export interface FileToHash {
  /** As bytes where the name is not valid UTF-8. */
  hostPath: string | Buffer
}

/** Files in flight: more would only wait for the disk. */
const CONCURRENCY = 16

/** Files of at most this many bytes are read in one go. */
const SMALL_BYTES = 256 * 1024

/**
 * Computes the digests of files, each that of the Git blob of its bytes.
 * @returns in the order of the files; null for one that cannot be read, or that is no regular file any more
 */
export async function hashFiles(files: readonly FileToHash[]): Promise<(string | null)[]> {
  const digests: (string | null)[] = new Array(files.length).fill(null)
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < files.length; at = next++) digests[at] = await hashFile(files[at]!)
  }
  await Promise.all(Array.from({length: Math.min(CONCURRENCY, files.length)}, work))
  return digests
}

async function hashFile({hostPath}: FileToHash): Promise<string | null> {
  try {
    const file = await open(hostPath, 'r')
    try {
      const stats = await file.stat()
      if (!stats.isFile()) return null
      const hash = createHash('sha1').update(`blob ${stats.size}\0`)
      if (stats.size <= SMALL_BYTES) return hash.update(await file.readFile()).digest('hex')
      const stream = createReadStream('', {fd: file.fd, autoClose: false, start: 0, end: stats.size - 1})
      for await (const chunk of stream) hash.update(chunk as Buffer)
      return hash.digest('hex')
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
