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

/** A directory that an entry went into: the next entry mostly stands beside it, and its path need not be taken apart. */
export class LatestDirectory {
  /** @param directory its path with the slash at the end @param node its path node */
  constructor(
    private readonly directory: Uint8Array,
    readonly node: number,
  ) {}

  /** Where the last name of a path begins, if the path is one name in this directory, written in the same way; else -1. */
  startOfNeighbour(path: Uint8Array): number {
    const {length} = this.directory
    const nameLength = path.length - length
    if (nameLength < 1 || nameLength > MAX_NAME_BYTES || path.length > MAX_PATH_BYTES) return -1
    for (let at = length - 1; at >= 0; at--) if (path[at] !== this.directory[at]) return -1
    for (let at = length; at < path.length; at++) if (path[at] === SLASH) return -1
    const isDots = path[length] === DOT && (nameLength === 1 || isParent(path, length, nameLength))
    return isDots ? -1 : length
  }
}
