import {checkSize, failAtPlace} from '../../languages/documents/document-node.js'
import {suggest} from '../../languages/text/suggest.js'
import {type BakeTarget, mergeTargets} from './bake-definition.js'

const MAX_DEPTH = 500

/** Resolves what targets inherit: later ones lie over earlier ones, the target's own over all. */
export class Inheritance {
  private readonly known = new Map<string, BakeTarget>()
  /** Of the target that is being resolved; null for one on the way. */
  private visited = new Map<string, BakeTarget | null>()
  private hasCircle = false

  constructor(private readonly targets: ReadonlyMap<string, BakeTarget>) {}

  /** What is visited twice counts once; a circle ends where it closes. @throws BuildFileError for an unknown name */
  resolve(name: string): BakeTarget {
    this.visited = new Map()
    this.hasCircle = false
    const target = this.inherit(name, 0)
    // In a circle the outcome depends on where it was entered.
    if (!this.hasCircle) for (const [other, value] of this.visited) this.known.set(other, value ?? target)
    return target
  }

  private inherit(name: string, depth: number): BakeTarget {
    const known = this.known.get(name)
    if (known !== undefined) return known
    this.visited.set(name, null)
    const own = this.find(name)
    if (depth > MAX_DEPTH) failAtPlace(own.place, `target "${name}" inherits through too many others`)
    let below: BakeTarget | undefined
    for (const parent of own.inherits) {
      const visited = this.visited.get(parent)
      const base = visited === undefined ? this.inherit(parent, depth + 1) : visited
      if (base === null) this.hasCircle = true
      else below = below === undefined ? base : this.merge(below, base)
    }
    const merged = {...(below === undefined ? own : this.merge(below, own)), inherits: []}
    this.visited.set(name, merged)
    return merged
  }

  private merge(below: BakeTarget, above: BakeTarget): BakeTarget {
    const merged = mergeTargets(below, above)
    checkSize(above, Math.max(merged.args.size, merged.contexts.size))
    return merged
  }

  private find(name: string): BakeTarget {
    const own = this.targets.get(name)
    if (own !== undefined) return own
    const [any] = this.targets.values()
    const place = any?.place ?? {file: '', line: 1}
    const near = suggest(name, [...this.targets.keys()])
    failAtPlace(place, `there is no target "${name}"${near}, which a group or another target names`)
  }
}
