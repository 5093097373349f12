import {type FileTree, ROOT} from '../../tree/model/file-tree.js'
import type {PathType, PathView} from './check-evidence.js'

/** Children of so many directories are kept: what is looked at next lies near what was looked at last. */
const MAX_KEPT = 256

/** Looks at a tree as the catalogue's evidence wants to see it. */
export class TreeViews {
  private readonly children = new Map<number, Uint32Array>()

  constructor(readonly tree: FileTree) {}

  viewOf(index: number): PathView {
    return new TreeView(this, index)
  }

  /** The entries of a directory, in the order of the bytes of their names. */
  childrenOf(directory: number): Uint32Array {
    let indexes = this.children.get(directory)
    if (indexes === undefined) {
      if (this.children.size >= MAX_KEPT) this.children.clear()
      indexes = Uint32Array.from(this.tree.childrenOf(directory))
      this.children.set(directory, indexes)
    }
    return indexes
  }

  /** Found by halving: a directory of a million files takes 20 comparisons, and no table of a million names. */
  findChild(directory: number, name: string): number | undefined {
    const indexes = this.childrenOf(directory)
    const bytes = Buffer.from(name)
    let low = 0
    let high = indexes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const order = this.tree.columns.compareName(indexes[middle]!, bytes)
      if (order === 0) return indexes[middle]
      if (order < 0) low = middle + 1
      else high = middle
    }
    return undefined
  }
}

class TreeView implements PathView {
  constructor(
    private readonly views: TreeViews,
    private readonly index: number,
  ) {}

  get name(): string {
    return this.index === ROOT ? '' : this.views.tree.nameOf(this.index)
  }

  get type(): PathType {
    return this.index === ROOT ? 'dir' : this.views.tree.typeOf(this.index)
  }

  get parent(): PathView | undefined {
    return this.index === ROOT ? undefined : this.views.viewOf(this.views.tree.parentOf(this.index))
  }

  *children(): Generator<string> {
    if (this.type !== 'dir') return
    for (const index of this.views.childrenOf(this.index)) yield this.views.tree.nameOf(index)
  }

  child(name: string): PathView | undefined {
    if (this.type !== 'dir') return undefined
    const index = this.views.findChild(this.index, name)
    return index === undefined ? undefined : this.views.viewOf(index)
  }
}
