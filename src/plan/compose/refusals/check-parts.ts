import {childOf, type DocumentNode, type MapNode, wordAt} from '../../../languages/documents/document-node.js'
import {joinNames} from '../../../languages/text/sentence.js'
import {placeOfKey} from '../shape/place-of-key.js'
import type {Refusal} from '../shape/refusal.js'

/** Where a secret and a config may come from. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  secrets: ['file', 'environment'],
  configs: ['file', 'environment', 'content'],
}

const MAX_NAMES = 4

const SECTIONS = ['volumes', 'networks', 'secrets', 'configs']

/**
 * Finds what Compose refuses volumes, networks, secrets and configs for, besides keys and types.
 * @param root a document
 * @param isJudged whether a part is, by its key
 */
export function checkParts(root: MapNode, isJudged: (key: string) => boolean): Refusal[] {
  return listParts(root).flatMap(({section, name, part}) => {
    if (part.kind !== 'map' || part.tag !== undefined || !isJudged(keyOf(section, name))) return []
    const sources = SOURCES[section]
    return [
      ...checkNames(name, part),
      ...(section === 'volumes' ? checkExternal(name, part) : []),
      ...(sources === undefined ? [] : checkSources(section, name, part, sources)),
    ]
  })
}

/** A key for each part of a document. */
export function listPartKeys(root: MapNode): string[] {
  return listParts(root).map(({section, name}) => keyOf(section, name))
}

function keyOf(section: string, name: string): string {
  return `${section}.${name}`
}

function listParts(root: MapNode): {section: string; name: string; part: DocumentNode}[] {
  return SECTIONS.flatMap((section) => {
    const parts = childOf(root, section)
    return parts?.kind === 'map' ? [...parts.entries].map(([name, part]) => ({section, name, part})) : []
  })
}

function checkNames(name: string, part: MapNode): Refusal[] {
  const [own, older] = [wordAt(part, 'name'), wordAt(childOf(part, 'external'), 'name')]
  if (own === undefined || older === undefined || own === older) return []
  return [
    {
      what: `"${name}" has two names, "${own}" and "${older}"`,
      place: placeOfKey(part, 'external'),
      fix: 'Keep "name", and write "external: true"',
      isOfValue: true,
    },
  ]
}

function checkExternal(name: string, part: MapNode): Refusal[] {
  if (!isExternal(part)) return []
  const others = [...part.entries.keys()].filter(
    (key) => key !== 'name' && key !== 'external' && !key.startsWith('x-'),
  )
  const [first] = others
  if (first === undefined) return []
  return [
    {
      what: `the volume "${name}" is external, and has ${joinNames(others, MAX_NAMES)}`,
      place: placeOfKey(part, first),
      fix: 'Keep "external" and "name" only: whoever made the volume has set the rest',
    },
  ]
}

function isExternal(part: MapNode): boolean {
  const external = childOf(part, 'external')
  if (external?.kind !== 'scalar') return external !== undefined
  return /^(?:true|y|yes|on)$/i.test(external.text)
}

function checkSources(section: string, name: string, part: MapNode, sources: readonly string[]): Refusal[] {
  const given = sources.filter((source) => part.entries.has(source))
  const kind = section.slice(0, -1)
  if (given.length > 1) {
    const fix = `Keep one of ${given.join(' and ')}`
    return [
      {
        what: `the ${kind} "${name}" has ${joinNames(given, MAX_NAMES)}`,
        place: placeOfKey(part, given[1]!),
        fix,
      },
    ]
  }
  const isOfOthers = part.entries.has('external') || part.entries.has('driver')
  const isMade = isExternal(part) || (section === 'configs' && isOfOthers)
  if (given.length > 0 || isMade) return []
  const fix = `Give it ${sources.slice(0, -1).join(', ')} or ${sources.at(-1)}`
  return [{what: `the ${kind} "${name}" comes from nowhere`, place: part.place, fix}]
}
