import {ImageFault} from '../image-fault.js'

/** What a name in a layer takes away from the layers below. */
export type WhiteoutName = {kind: 'opaque'} | {kind: 'removed'; start: number; end: number}

const PREFIX = Buffer.from('.wh.')
const OPAQUE = Buffer.from('.wh..wh..opq')

/**
 * Reads a whiteout: `.wh.NAME` removes NAME, `.wh..wh..opq` all that lower layers have in the directory. What AUFS left
 * (`.wh..wh.plnk`) removes names that do not occur.
 * @param path holds the name from `start` to `end`
 * @returns null for any other name
 * @throws ImageFault for one that names nothing, `.` or `..`, which engines refuse
 */
export function whiteoutOf(path: Uint8Array, start: number, end: number): WhiteoutName | null {
  if (!hasPrefix(path, start, end, PREFIX)) return null
  if (end - start === OPAQUE.length && hasPrefix(path, start, end, OPAQUE)) return {kind: 'opaque'}
  const from = start + PREFIX.length
  const isDots = end - from <= 2 && path.subarray(from, end).every((byte) => byte === 0x2e)
  if (isDots) throw new ImageFault('it has a whiteout that names nothing')
  return {kind: 'removed', start: from, end}
}

function hasPrefix(path: Uint8Array, start: number, end: number, prefix: Uint8Array): boolean {
  if (end - start < prefix.length) return false
  for (let at = 0; at < prefix.length; at++) if (path[start + at] !== prefix[at]) return false
  return true
}
