import {EntryColumns} from './entry-columns.js'
import {isDirectoryMode, MODE} from './file-mode.js'
import {FileTree, makeRoom, ROOT} from './file-tree.js'

/** What is to be at a path instead. */
export interface TreeEntry {
  /** Go's file mode. */
  mode: number
  /** Bytes. */
  size: number
  /** Milliseconds since 1970. */
  modified: number
  linkTarget?: string
}

/** A patched tree, and where its entries stood. */
export interface PatchedTree {
  tree: FileTree
  /** By entry: the one that it is a copy of, -1 for one that is new or another. */
  origins: Int32Array
}

/** What changes below a directory; an entry of null is removed, with all below it. */
interface Patch {
  entry?: TreeEntry | null
  children: Map<string, Patch>
}

const MADE_DIRECTORY: TreeEntry = {mode: MODE.dir + 0o755, size: 0, modified: 0}

/**
 * A copy of a tree with other entries at some paths, null for none. Directories on the way are made; one that holds
 * nothing any more goes, as it does in Git, which knows no empty directories.
 */
export function patchTree(
  tree: FileTree,
  changes: Iterable<[path: string, entry: TreeEntry | null]>,
): PatchedTree {
  const root: Patch = {children: new Map()}
  let count = 0
  for (const [path, entry] of changes) {
    let at = root
    for (const name of path.split('/')) {
      const child: Patch = at.children.get(name) ?? {children: new Map()}
      at.children.set(name, child)
      at = child
      count++
    }
    at.entry = entry
  }
  return new Patching(tree, count).run(root)
}

class Patching {
  readonly #patched: FileTree
  #origins: Int32Array
  readonly #scratch = new EntryColumns()

  constructor(
    private readonly tree: FileTree,
    count: number,
  ) {
    const entries = tree.length + count
    this.#patched = new FileTree(
      makeRoom({entries, nameBytes: tree.columns.nameStarts[tree.length]! + count * 64}),
    )
    this.#origins = new Int32Array(entries).fill(-1)
  }

  run(root: Patch): PatchedTree {
    this.#patch(ROOT, ROOT, root)
    this.#patched.closeAll()
    return {tree: this.#patched, origins: this.#origins.subarray(0, this.#patched.length)}
  }

  /** @returns whether the directory holds anything then */
  #patch(old: number, parent: number, {children}: Patch): boolean {
    const {tree} = this
    const names = [...children.keys()].sort((one, other) =>
      Buffer.compare(Buffer.from(one), Buffer.from(other)),
    )
    let next = 0
    let count = 0
    const before = old === ROOT || old >= 0 ? [...tree.childrenOf(old)] : []
    for (const child of old === NONE ? [] : before) {
      for (; next < names.length && tree.columns.compareName(child, Buffer.from(names[next]!)) > 0; next++) {
        count += this.#add(NONE, parent, names[next]!, children.get(names[next]!)!)
      }
      const isPatched =
        next < names.length && tree.columns.compareName(child, Buffer.from(names[next]!)) === 0
      if (isPatched) {
        count += this.#add(child, parent, names[next]!, children.get(names[next]!)!)
        next++
      } else {
        this.#copyAll(child, parent)
        count++
      }
    }
    for (; next < names.length; next++)
      count += this.#add(NONE, parent, names[next]!, children.get(names[next]!)!)
    return count > 0
  }

  /** @returns how many entries there are at the name then: 1 or 0 */
  #add(old: number, parent: number, name: string, patch: Patch): number {
    const {tree} = this
    const {entry, children} = patch
    if (children.size === 0) {
      if (entry === null || entry === undefined) return 0
      this.#push(name, entry, parent)
      return 1
    }
    const wasDirectory = old >= 0 && tree.isDirectory(old)
    const length = this.#patched.length
    const index = wasDirectory ? this.#copy(old, parent) : this.#push(name, entry ?? MADE_DIRECTORY, parent)
    if (this.#patch(wasDirectory ? old : NONE, index, patch)) return 1
    this.#patched.truncate(length)
    return 0
  }

  #push(name: string, entry: TreeEntry, parent: number): number {
    const {mode, modified, linkTarget} = entry
    const size = isDirectoryMode(mode) ? 0 : entry.size
    this.#scratch.length = 0
    this.#scratch.push(name, {mode, size, modified, modifiedBytes: 0})
    const index = this.#patched.append(this.#scratch, 0, parent)
    this.#setOrigin(index, -1)
    if (linkTarget !== undefined) this.#patched.columns.addRare(index, {linkTarget})
    return index
  }

  #copy(old: number, parent: number): number {
    const index = this.#patched.append(this.tree.columns, old, parent)
    this.#setOrigin(index, old)
    return index
  }

  /** Copies a subtree as it is. */
  #copyAll(old: number, parent: number): void {
    const {tree} = this
    const shift = this.#patched.length - old
    for (let at = old, end = tree.endOf(old); at < end; at++) {
      this.#copy(at, at === old ? parent : tree.parentOf(at) + shift)
    }
  }

  #setOrigin(index: number, origin: number): void {
    if (index >= this.#origins.length) {
      const larger = new Int32Array(this.#origins.length * 2).fill(-1)
      larger.set(this.#origins)
      this.#origins = larger
    }
    this.#origins[index] = origin
  }
}

/** No directory was there. */
const NONE = -2
