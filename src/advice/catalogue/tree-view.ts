import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import type {PathType, PathView} from './check-evidence.js'

/** Children of so many directories are kept: what is looked at next lies near what was looked at last. */
const MAX_KEPT = 256

/** Looks at a tree as the catalogue's evidence wants to see it. */
export class TreeViews {
  private readonly children = new Map<number, Uint32Array>()
  /** Names that evidence asks for: null for one that nothing in the tree bears. */
  private readonly wanted = new Map<string, Buffer | null>()

  constructor(readonly tree: FileTree) {}

  viewOf(entry: number): PathView {
    return new TreeView(this, entry)
  }

  /** The entries of a directory, in the order of the bytes of their names. */
  childrenOf(directory: number): Uint32Array {
    let entries = this.children.get(directory)
    if (entries === undefined) {
      if (this.children.size >= MAX_KEPT) this.children.clear()
      entries = this.tree.listChildren(directory)
      this.children.set(directory, entries)
    }
    return entries
  }

  /** Found by halving: a directory of a million files takes 20 comparisons, and no table of a million names. */
  findChild(directory: number, name: string): number | undefined {
    const bytes = this.bytesOf(name)
    if (bytes === null) return undefined
    const entries = this.childrenOf(directory)
    let low = 0
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = this.tree.columns.compareName(entries[middle]!, bytes)
      if (order === 0) return entries[middle]
      if (order < 0) low = middle + 1
      else high = middle
    }
    return undefined
  }

  /**
   * Every directory is asked for the same few names, most of which occur nowhere. Beyond so many names the whole tree is
   * not searched for one any more.
   */
  private bytesOf(name: string): Buffer | null {
    const known = this.wanted.get(name)
    if (known !== undefined) return known
    const bytes = Buffer.from(name)
    if (this.wanted.size >= MAX_KEPT) return bytes
    const borne = this.tree.names.find(bytes) >= 0 ? bytes : null
    this.wanted.set(name, borne)
    return borne
  }
}

class TreeView implements PathView {
  constructor(
    private readonly views: TreeViews,
    private readonly entry: number,
  ) {}

  get name(): string {
    return this.entry === ROOT ? '' : this.views.tree.nameOf(this.entry)
  }

  get type(): PathType {
    return this.entry === ROOT ? 'dir' : this.views.tree.typeOf(this.entry)
  }

  get parent(): PathView | undefined {
    return this.entry === ROOT ? undefined : this.views.viewOf(this.views.tree.parentOf(this.entry))
  }

  *children(): Generator<string> {
    if (this.type !== 'dir') return
    for (const entry of this.views.childrenOf(this.entry)) yield this.views.tree.nameOf(entry)
  }

  child(name: string): PathView | undefined {
    if (this.type !== 'dir') return undefined
    const entry = this.views.findChild(this.entry, name)
    return entry === undefined ? undefined : this.views.viewOf(entry)
  }
}
