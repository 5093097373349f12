import type {DocumentNode, MapNode} from '../../../languages/documents/document-node.js'
import type {Refusal} from '../shape/refusal.js'

type Services = ReadonlyMap<string, MapNode>

/**
 * Finds services that a file has and an include of it, too: Compose takes that for services that are equal only. Two are
 * told apart by their keys and their texts: paths in them are written in two ways.
 */
export function listConflicts(own: Services, included: Services): Refusal[] {
  return [...own].flatMap(([name, service]) => {
    const other = included.get(name)
    if (other === undefined || !differ(service, other)) return []
    return [
      {
        what: `"${name}" is a service of this file and of what it includes, and the two differ`,
        place: service.place,
        fix: 'Change it in an override file, or in a second path of the include',
        service: name,
      },
    ]
  })
}

const TEXTS = ['image', 'container_name', 'hostname', 'restart', 'user']

function differ(one: MapNode, other: MapNode): boolean {
  if (one.entries.has('extends') || other.entries.has('extends')) return false
  const keys = new Set([...one.entries.keys(), ...other.entries.keys()])
  const hasAll = [...keys].every((key) => one.entries.has(key) && other.entries.has(key))
  return !hasAll || TEXTS.some((key) => textOf(one.entries.get(key)) !== textOf(other.entries.get(key)))
}

function textOf(node: DocumentNode | undefined): string | null {
  return node?.kind === 'scalar' ? node.text : null
}
