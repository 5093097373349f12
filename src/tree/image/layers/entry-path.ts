import {ImageFault} from '../image-fault.js'

const SLASH = 0x2f
const DOT = 0x2e

/** Linux takes no longer path and no longer name: no engine could unpack the layer (docs/image.md 2.13). */
const MAX_PATH_BYTES = 4_095
const MAX_NAME_BYTES = 255

/** The names of a path that are not empty or `.`, as start and end in turn; `..` goes up, and stays at the root. */
export function namesOf(path: Uint8Array): number[] {
  if (path.length > MAX_PATH_BYTES) throw new ImageFault(`it has a path of ${path.length} bytes`)
  const names: number[] = []
  for (let start = 0, at = 0; at <= path.length; at++) {
    if (at < path.length && path[at] !== SLASH) continue
    const length = at - start
    if (length > MAX_NAME_BYTES) throw new ImageFault(`it has a name of ${length} bytes`)
    if (isParent(path, start, length)) names.length = Math.max(0, names.length - 2)
    else if (length > 1 || (length === 1 && path[start] !== DOT)) names.push(start, at)
    start = at + 1
  }
  return names
}

function isParent(path: Uint8Array, start: number, length: number): boolean {
  return length === 2 && path[start] === DOT && path[start + 1] === DOT
}
