import {type ContextModel, ROOT} from '../context/context-model.js'
import type {PathType, PathView} from './catalogue/check-evidence.js'

/** Looks at a context model as the catalogue's evidence wants to see it. Names of a directory are kept once asked for. */
export class ModelViews {
  private readonly children = new Map<number, ReadonlyMap<string, number>>()

  constructor(readonly model: ContextModel) {}

  viewOf(index: number): PathView {
    return new ModelView(this, index)
  }

  childrenOf(directory: number): ReadonlyMap<string, number> {
    let names = this.children.get(directory)
    if (names === undefined) {
      const found = new Map<string, number>()
      for (const index of this.model.childrenOf(directory)) found.set(this.model.nameOf(index), index)
      this.children.set(directory, found)
      names = found
    }
    return names
  }
}

class ModelView implements PathView {
  constructor(
    private readonly views: ModelViews,
    private readonly index: number,
  ) {}

  get name(): string {
    return this.index === ROOT ? '' : this.views.model.nameOf(this.index)
  }

  get type(): PathType {
    return this.index === ROOT ? 'dir' : this.views.model.typeOf(this.index)
  }

  get parent(): PathView | undefined {
    return this.index === ROOT ? undefined : this.views.viewOf(this.views.model.parentOf(this.index))
  }

  children(): Iterable<string> {
    return this.type === 'dir' ? this.views.childrenOf(this.index).keys() : []
  }

  child(name: string): PathView | undefined {
    if (this.type !== 'dir') return undefined
    const index = this.views.childrenOf(this.index).get(name)
    return index === undefined ? undefined : this.views.viewOf(index)
  }
}
