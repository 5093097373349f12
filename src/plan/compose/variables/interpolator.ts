import type {DocumentNode, ScalarNode} from '../../../languages/documents/document-node.js'
import {interpolate, type Lookup} from './interpolate.js'

/**
 * Replaces the variables of whole values. What cannot be replaced stays as it is written: a variable that only a port
 * needs may be missing here. A value that several services share is replaced once.
 */
export class Interpolator {
  private readonly known = new Map<DocumentNode, DocumentNode>()

  constructor(private readonly lookup: Lookup) {}

  replace(node: DocumentNode): DocumentNode {
    const known = this.known.get(node)
    if (known !== undefined) return known
    const replaced = this.replaceParts(node)
    this.known.set(node, replaced)
    return replaced
  }

  private replaceParts(node: DocumentNode): DocumentNode {
    if (node.kind === 'scalar') return this.replaceScalar(node)
    if (node.kind === 'list') return {...node, items: node.items.map((item) => this.replace(item))}
    const entries = [...node.entries].map(([key, value]) => [key, this.replace(value)] as const)
    return {...node, entries: new Map(entries)}
  }

  private replaceScalar(node: ScalarNode): ScalarNode {
    if (node.type !== 'string' || !node.text.includes('$')) return node
    try {
      return {...node, text: interpolate(node.text, this.lookup)}
    } catch {
      return node
    }
  }
}
