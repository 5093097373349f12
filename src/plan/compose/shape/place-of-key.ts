import type {MapNode} from '../../../languages/documents/document-node.js'
import type {Location} from '../../../languages/text/range.js'

/** Where a key of a mapping stands; the place of its value where the key came by a merge key or from another file. */
export function placeOfKey({source, place, entries}: MapNode, key: string): Location {
  const pairs = source?.kind === 'map' ? source.pairs : []
  const own = pairs.find((pair) => pair.key?.kind === 'scalar' && pair.key.text === key)
  const value = entries.get(key)
  const isOwn = own?.key != null && (value === undefined || value.place.file === place.file)
  return isOwn ? {file: place.file, line: own.key!.line} : (value?.place ?? place)
}
