import type {MapShape, Shape} from './shape.js'

/** Mappings below one in which a key is looked for. */
const MAX_DEPTH = 3

/**
 * Finds the only place near a mapping where a key belongs: below one of its keys, or in a mapping around it.
 * @param around the mapping itself first, then those around it
 * @returns words that tell the place; null where there is none, or more than one
 */
export function findElsewhere(key: string, shape: MapShape, around: readonly MapShape[]): string | null {
  const below = listPaths(key, shape, MAX_DEPTH)
  const [only, ...others] = below
  if (only !== undefined && others.length === 0) return `below "${only.join('.')}"`
  if (only !== undefined) return null
  const owner = around.slice(1).find((one) => Object.hasOwn(one.keys, key))
  return owner === undefined ? null : `beside the other keys of ${owner.name}`
}

function listPaths(key: string, {keys}: MapShape, depth: number): string[][] {
  if (depth === 0) return []
  return Object.entries(keys).flatMap(([name, {map}]: [string, Shape]) => {
    if (map === undefined) return []
    if (Object.hasOwn(map.keys, key)) return [[name]]
    return listPaths(key, map, depth - 1).map((path) => [name, ...path])
  })
}
