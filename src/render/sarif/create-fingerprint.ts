import {createHash} from 'node:crypto'

/** Hashes what identifies a result: 64 hexadecimal digits. No content makes two parts look like one. */
export function createFingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
