import {readFileSync} from 'node:fs'

/**
 * Reads the id of a build's record from what `docker buildx build --metadata-file` wrote. Null where it wrote none: before
 * buildx 0.10, and where there is nothing to read.
 */
export function readRecordId(file: string): string | null {
  try {
    const metadata: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const ref = String((metadata as Record<string, unknown>)['buildx.build.ref'])
    // What is no identifier could be taken for a flag.
    return /\/(\w+)$/.exec(ref)?.[1] ?? null
  } catch {
    return null
  }
}
