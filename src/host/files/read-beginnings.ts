import {closeSync, constants, fstatSync, lstatSync, openSync, readSync} from 'node:fs'
import path from 'node:path'

/** A file to look into. */
export interface WantedFile {
  /** Relative to the context, `/`-separated. */
  path: string
  /** Only so much of its beginning is read. */
  maxBytes: number
}

/** Reads the beginnings of regular files; links are not followed, and whatever cannot be read is left out. */
export function readBeginnings(contextDir: string, wanted: readonly WantedFile[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const {path: contextPath, maxBytes} of wanted) {
    const content = readBeginning(path.join(contextDir, contextPath), maxBytes)
    if (content !== null) texts.set(contextPath, content.toString('utf8'))
  }
  return texts
}

function readBeginning(hostPath: string, maxBytes: number): Buffer | null {
  let descriptor: number | undefined
  try {
    // A pipe or a device is not even opened.
    if (!lstatSync(hostPath).isFile()) return null
    descriptor = openSync(
      hostPath,
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    )
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) return null
    const content = Buffer.alloc(Math.min(maxBytes, stats.size))
    const length = readSync(descriptor, content, 0, content.length, 0)
    return content.subarray(0, length)
  } catch {
    return null
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
