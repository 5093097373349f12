import {createHash} from 'node:crypto'

/** Hashes what identifies a result: 64 hexadecimal digits. The parts are told apart whatever they hold. */
export function createFingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
