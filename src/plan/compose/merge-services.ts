import {
  checkSize,
  type DocumentNode,
  failAtPlace,
  type MapNode,
} from '../../languages/documents/document-node.js'

/**
 * Lays one service over another as Compose merges files: mappings by key, lists one after the other without repeats,
 * the rest replaced. `!reset` takes the value below away, `!override` replaces it whole.
 * @throws BuildFileError when the two are of different kinds
 */
export function mergeServices(below: MapNode, above: MapNode): MapNode {
  return mergeMaps(below, above)
}

/** Taken whole from the later file, whatever their form. */
const REPLACED = new Set(['image', 'command', 'entrypoint', 'test', 'tmpfs'])

function mergeNodes(below: DocumentNode, above: DocumentNode, key: string): DocumentNode {
  if (above.tag === 'override' || REPLACED.has(key)) return above
  if (below.kind === 'map' && above.kind === 'map') return mergeMaps(below, above)
  if (below.kind === 'list' && above.kind === 'list') {
    const texts = new Set(above.items.map(textOfItem))
    return {...above, items: [...below.items.filter((item) => !texts.has(textOfItem(item))), ...above.items]}
  }
  if (below.kind !== 'scalar' && below.kind !== above.kind) {
    failAtPlace(above.place, `"${key}" is of another kind than what it overrides`)
  }
  return above
}

function mergeMaps(below: MapNode, above: MapNode): MapNode {
  const entries = new Map(below.entries)
  for (const [key, value] of above.entries) {
    const known = entries.get(key)
    if (value.tag === 'reset') entries.delete(key)
    else
      entries.set(key, known === undefined || known.tag === 'reset' ? value : mergeNodes(known, value, key))
  }
  checkSize(above, entries.size)
  return {...below, entries}
}

function textOfItem(node: DocumentNode): string {
  return node.kind === 'scalar' ? node.text : ''
}
