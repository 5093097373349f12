import {
  childOf,
  type DocumentNode,
  failAtPlace,
  type MapNode,
} from '../../languages/documents/document-node.js'
import {expandTemplates, type Scope} from './expand-template.js'
import {listBlocks} from './list-blocks.js'

const MAX_DEPTH = 200

const BLOCKS = new Set(['variable', 'function', 'group', 'target', '//'])

/**
 * The names that templates of bake files may use: variables (the environment's value before the default), and other
 * attributes at the top. Each is evaluated when it is first asked for.
 */
export class BakeVariables {
  private readonly sources = new Map<string, DocumentNode | null>()
  private readonly known = new Map<string, DocumentNode>()
  private readonly active = new Set<string>()

  constructor(
    roots: readonly MapNode[],
    private readonly lookup: (name: string) => string | undefined,
  ) {
    for (const root of roots) {
      for (const [name, node] of root.entries) if (!BLOCKS.has(name)) this.sources.set(name, node)
      for (const {label, body} of listBlocks(root, 'variable')) this.addVariable(label, body)
    }
  }

  readonly scope: Scope = (name) => this.known.get(name) ?? this.evaluate(name)

  private addVariable(name: string, body: MapNode): void {
    const fallback = childOf(body, 'default')
    const given = this.lookup(name)
    // A list from the environment is read by rules of its own.
    if (given !== undefined && (fallback === undefined || fallback.kind === 'scalar')) {
      this.known.set(name, {kind: 'scalar', place: body.place, text: given, type: 'string'})
    } else if (given !== undefined) {
      this.sources.set(name, null)
    } else {
      const empty: DocumentNode = {kind: 'scalar', place: body.place, text: '', type: 'string'}
      this.sources.set(name, fallback ?? empty)
    }
  }

  private evaluate(name: string): DocumentNode | undefined {
    const source = this.sources.get(name)
    if (source === undefined || source === null) return undefined
    if (this.active.has(name)) failAtPlace(source.place, `the variable "${name}" refers to itself`)
    if (this.active.size >= MAX_DEPTH) failAtPlace(source.place, 'the variables are nested too deeply')
    this.active.add(name)
    const value = expandTemplates(source, this.scope)
    this.active.delete(name)
    this.known.set(name, value)
    return value
  }
}
