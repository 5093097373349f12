import {ImageFault} from '../image-fault.js'

/** The node of the root directory. */
export const ROOT_NODE = 0

/** So many paths an image may have: a tree of them takes some 300 MB. */
const MAX_NODES = 6_000_000

/** A table's arrays, as a thread hands them over. */
export interface PathColumns {
  length: number
  parents: Int32Array
  nameStarts: Uint32Array
  names: Uint8Array
}

/**
 * Every path once, as a node: the node of its directory and a name of bytes. A node stands behind its directory's.
 * Grows by doubling; 300,000 paths take some 15 MB.
 */
export class PathTable {
  length = 1
  private parents = new Int32Array(64)
  private nameStarts = new Uint32Array(65)
  private names = new Uint8Array(1024)
  /** Open addressing: a node or 0. */
  private slots = new Int32Array(128)

  /** @param seed of the hash: drawn by chance, it keeps an archive from being made so that its names collide */
  constructor(private readonly seed: number) {}

  /** The arrays, cut to their length. */
  columns(): PathColumns {
    const {length} = this
    return {
      length,
      parents: this.parents.slice(0, length),
      nameStarts: this.nameStarts.slice(0, length + 1),
      names: this.names.slice(0, this.nameStarts[length]!),
    }
  }

  parentOf(node: number): number {
    return this.parents[node]!
  }

  /** All names, and by node where each begins; it ends where the next one begins. They change with the next `add`. */
  nameColumns(): {names: Buffer; nameStarts: Uint32Array} {
    const {names, nameStarts, length} = this
    return {names: Buffer.from(names.buffer, names.byteOffset, nameStarts[length]), nameStarts}
  }

  nameOf(node: number): Uint8Array {
    return this.names.subarray(this.nameStarts[node]!, this.nameStarts[node + 1]!)
  }

  /** Below 0 where the name of one node comes before the other's as bytes. */
  compareNames(one: number, other: number): number {
    const {names, nameStarts} = this
    const [start, otherStart] = [nameStarts[one]!, nameStarts[other]!]
    const [length, otherLength] = [nameStarts[one + 1]! - start, nameStarts[other + 1]! - otherStart]
    for (let at = 0; at < length && at < otherLength; at++) {
      const order = names[start + at]! - names[otherStart + at]!
      if (order !== 0) return order
    }
    return length - otherLength
  }

  /** The path without a slash at its beginning; empty for the root. */
  pathOf(node: number): Buffer {
    let length = -1
    for (let at = node; at !== ROOT_NODE; at = this.parents[at]!) length += 1 + this.nameLength(at)
    const path = Buffer.allocUnsafe(Math.max(0, length))
    for (let at = node, end = length; at !== ROOT_NODE; at = this.parents[at]!) {
      end -= this.nameLength(at)
      path.set(this.nameOf(at), end)
      if (end > 0) path[--end] = 0x2f
    }
    return path
  }

  /** The node of a name in a directory; -1 if there is none. */
  find(parent: number, name: Uint8Array, start = 0, end = name.length): number {
    return this.slots[this.slotOf(parent, name, start, end)]! || -1
  }

  /**
   * The node of a name in a directory, added where there is none.
   * @throws ImageFault for more paths than can be held
   */
  add(parent: number, name: Uint8Array, start = 0, end = name.length): number {
    const slot = this.slotOf(parent, name, start, end)
    const found = this.slots[slot]!
    if (found !== 0) return found
    const node = this.length
    if (node === MAX_NODES) throw new ImageFault(`it has more than ${MAX_NODES.toLocaleString('en')} paths`)
    this.slots[slot] = node
    this.append(parent, name, start, end)
    if (this.length * 2 > this.slots.length) this.rehash()
    return node
  }

  private append(parent: number, name: Uint8Array, start: number, end: number): void {
    const node = this.length++
    if (node === this.parents.length) this.growNodes()
    this.parents[node] = parent
    const from = this.nameStarts[node]!
    const to = from + end - start
    if (to > this.names.length) this.growNames(to)
    for (let at = start; at < end; at++) this.names[from + at - start] = name[at]!
    this.nameStarts[node + 1] = to
  }

  private nameLength(node: number): number {
    return this.nameStarts[node + 1]! - this.nameStarts[node]!
  }

  /** Where a name stands among the slots, or where it has to go. */
  private slotOf(parent: number, name: Uint8Array, start: number, end: number): number {
    const mask = this.slots.length - 1
    let slot = hashOf(parent ^ this.seed, name, start, end) & mask
    for (; this.slots[slot] !== 0; slot = (slot + 1) & mask) {
      const node = this.slots[slot]!
      if (this.parents[node] === parent && this.isNamed(node, name, start, end)) break
    }
    return slot
  }

  private isNamed(node: number, name: Uint8Array, start: number, end: number): boolean {
    if (this.nameLength(node) !== end - start) return false
    const from = this.nameStarts[node]! - start
    for (let at = start; at < end; at++) if (this.names[from + at] !== name[at]) return false
    return true
  }

  private rehash(): void {
    this.slots = new Int32Array(this.slots.length * 2)
    const mask = this.slots.length - 1
    for (let node = 1; node < this.length; node++) {
      const [start, end] = [this.nameStarts[node]!, this.nameStarts[node + 1]!]
      let slot = hashOf(this.parents[node]! ^ this.seed, this.names, start, end) & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = node
    }
  }

  private growNodes(): void {
    this.parents = grown(new Int32Array(this.parents.length * 2), this.parents)
    this.nameStarts = grown(new Uint32Array(this.parents.length + 1), this.nameStarts)
  }

  private growNames(needed: number): void {
    this.names = grown(new Uint8Array(Math.max(needed, this.names.length * 2)), this.names)
  }
}

function hashOf(seed: number, name: Uint8Array, start: number, end: number): number {
  let hash = Math.imul(seed, 0x9e3779b1)
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ name[at]!, 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

/** Copies a column into a larger one. */
export function grown<Column extends {set(values: Column): void}>(larger: Column, column: Column): Column {
  larger.set(column)
  return larger
}
