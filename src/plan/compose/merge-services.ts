import {
  checkSize,
  type DocumentNode,
  failAtPlace,
  type MapNode,
} from '../../languages/documents/document-node.js'
import {OTHER_BUILD_KEYS} from './service/pick-runtime.js'
import {targetOf} from './service/read-mounts.js'

/** What decides a build is held to what Compose takes; the rest of a service is merged as far as it goes. */
const BUILD_KEYS = new Set(['build', 'extends', 'profiles', 'platform'])

/** Lists that a file replaces whole. */
const REPLACED = new Set(['command', 'entrypoint', 'test'])

/**
 * Lays one service over another as Compose merges files: mappings by key, lists one after the other without repeats,
 * volumes by their target, commands and the rest replaced. `!reset` takes the value below away, `!override` replaces it
 * whole.
 * @throws BuildFileError when two values of a build are of different kinds
 */
export function mergeServices(below: MapNode, above: MapNode): MapNode {
  const entries = new Map(below.entries)
  for (const [key, value] of above.entries) mergeEntry(entries, key, value, BUILD_KEYS.has(key))
  return {...below, entries}
}

function mergeEntry(
  entries: Map<string, DocumentNode>,
  key: string,
  value: DocumentNode,
  isStrict: boolean,
): void {
  const known = entries.get(key)
  if (value.tag === 'reset') entries.delete(key)
  else if (known === undefined || known.tag === 'reset') entries.set(key, value)
  else entries.set(key, mergeNodes(known, value, key, isStrict))
}

function mergeNodes(below: DocumentNode, above: DocumentNode, key: string, isStrict: boolean): DocumentNode {
  if (above.tag === 'override') return above
  if (below.kind === 'map' && above.kind === 'map') return mergeMaps(below, above, isStrict)
  if (!isStrict && REPLACED.has(key)) return above
  if (below.kind === 'list' && above.kind === 'list') {
    const names = new Set(above.items.map((item) => nameOfItem(item, key)))
    const kept = below.items.filter((item) => !names.has(nameOfItem(item, key)))
    return {...above, items: [...kept, ...above.items]}
  }
  if (isStrict && below.kind !== 'scalar' && below.kind !== above.kind) {
    failAtPlace(above.place, `"${key}" has another type than the value that it overrides`)
  }
  return above
}

function mergeMaps(below: MapNode, above: MapNode, isStrict: boolean): MapNode {
  const entries = new Map(below.entries)
  for (const [key, value] of above.entries) {
    mergeEntry(entries, key, value, isStrict && !OTHER_BUILD_KEYS.has(key))
  }
  if (isStrict) checkSize(above, entries.size)
  return {...below, entries}
}

/** The key by which two items of a list are the same. An item without a name equals no other. */
function nameOfItem(node: DocumentNode, key: string): unknown {
  if (key === 'volumes') return targetOf(node) || node
  return node.kind === 'scalar' ? node.text : node
}
