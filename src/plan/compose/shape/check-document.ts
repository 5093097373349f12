import {childOf, type DocumentNode, type MapNode} from '../../../languages/documents/document-node.js'
import {joinNames} from '../../../languages/text/sentence.js'
import {InvalidReference, interpolate, type Lookup} from '../variables/interpolate.js'
import {checkShape} from './check-shape.js'
import {placeOfKey} from './place-of-key.js'
import {PROJECT} from './project-shape.js'
import type {Refusal} from './refusal.js'

const MAX_NAMES = 4

/** A document of a compose file. */
export interface ComposeDocument {
  /** As written. */
  root: MapNode
  /** With its variables replaced. */
  replaced: MapNode
  lookup: Lookup
  /** `first`: nothing is laid under it. `extended`: only services of it that others extend count. */
  role: 'first' | 'later' | 'extended'
}

/** Finds what Compose refuses one document for. @param earlier the documents before it */
export function checkDocument(
  {root, replaced, lookup, role}: ComposeDocument,
  earlier: readonly MapNode[],
): Refusal[] {
  const references = findBadReferences(root, lookup)
  if (role === 'extended') return references
  const apart = findForeignRoot(replaced)
  const shape =
    apart === null
      ? checkShape(replaced, PROJECT, 'file', {below: role === 'first' ? [] : earlier, isAlone: true})
      : [apart]
  return [...references, ...shape]
}

/** Compose reads the variables of a whole file, those of the user's own keys too. */
function findBadReferences(root: DocumentNode, lookup: Lookup): Refusal[] {
  const seen = new Set<DocumentNode>()
  const visit = (node: DocumentNode): Refusal[] => {
    if (seen.has(node)) return []
    seen.add(node)
    if (node.kind === 'list') return node.items.flatMap(visit)
    if (node.kind === 'map') return [...node.entries.values()].flatMap(visit)
    if (node.type !== 'string' || !node.text.includes('$')) return []
    try {
      interpolate(node.text, lookup)
      return []
    } catch (error) {
      if (!(error instanceof InvalidReference)) return []
      const fix = 'Write $$ for a dollar that is no variable, or correct the variable'
      return [{what: error.message.replace(/: write .*$/, ''), place: node.place, fix}]
    }
  }
  return visit(root)
}

/** The first file format had no section for services; other files of YAML have none of the keys. */
function findForeignRoot(root: MapNode): Refusal | null {
  if (childOf(root, 'services') !== undefined || childOf(root, 'include') !== undefined) return null
  const isKnown = (name: string) => Object.hasOwn(PROJECT.map!.keys, name) || name.startsWith('x-')
  const names = [...root.entries.keys()].filter((name) => !isKnown(name))
  const [first, ...others] = names
  if (first === undefined) return null
  const isService = names.some((name) => {
    const entry = root.entries.get(name)
    return childOf(entry, 'image') !== undefined || childOf(entry, 'build') !== undefined
  })
  const place = placeOfKey(root, first)
  const listed = joinNames(names, MAX_NAMES)
  if (!isService && others.length === 0) return null
  return isService
    ? {
        what: `${listed} ${others.length > 0 ? 'stand' : 'stands'} at the top of the file, not below "services"`,
        place,
        fix: 'Write "services:" above, and indent what follows',
      }
    : {
        what: `${listed} are no keys of a compose file`,
        place,
        fix: 'Name a compose file, or write "services:"',
      }
}
