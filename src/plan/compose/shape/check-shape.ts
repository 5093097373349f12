import type {DocumentNode, ListNode, MapNode, ScalarNode} from '../../../languages/documents/document-node.js'
import {joinNames} from '../../../languages/text/sentence.js'
import {findNearest} from '../../../languages/text/suggest.js'
import {describeKinds, describeNode, isDate, isOfType} from './describe-value.js'
import {findElsewhere} from './find-elsewhere.js'
import {placeOfKey} from './place-of-key.js'
import type {Refusal} from './refusal.js'
import type {MapShape, Shape} from './shape.js'
import type {ValueFormat} from './value-formats.js'

const MAX_NAMES = 8
/** Keys of one mapping that are told; where more are unknown it is another file's. */
const MAX_KEYS = 20

const PLAIN_NAME = /^[\w.-]+$/

/** Where a value stands, for messages and suggestions. */
interface Position {
  /** `"ports"`, `a port`. */
  label: string
  /** The mappings around it, the nearest first. */
  around: readonly MapShape[]
  /** The key that it stands under. */
  key: string
  /** What earlier documents have at its place. */
  below: readonly DocumentNode[]
  /** Nothing of another service is laid under it. */
  isAlone: boolean
}

/**
 * Compares a value with its shape. Variables are replaced already; what still has a dollar is not judged.
 * @param below what the documents have that it is laid over
 * @param isAlone whether no service of another file is laid under its parts
 */
export function checkShape(
  node: DocumentNode,
  shape: Shape,
  key: string,
  {below, isAlone}: {below: readonly DocumentNode[]; isAlone: boolean},
): Refusal[] {
  return checkNode(node, shape, {label: `"${key}"`, around: [], key, below, isAlone})
}

/** What a value lacks is missing. */
function isWhole({below, isAlone}: Position): boolean {
  return isAlone && below.length === 0
}

function checkNode(node: DocumentNode, shape: Shape, at: Position): Refusal[] {
  if (node.tag === 'reset' || isAnything(shape) || (shape.isJoined && !isWhole(at))) return []
  if (node.kind === 'map' && shape.map) return checkMap(node, shape.map, at)
  if (node.kind === 'list' && shape.list) return checkList(node, shape.list, at)
  if (node.kind === 'scalar') return checkScalar(node, shape, at)
  return [refuseKind(node, shape, at)]
}

function isAnything({scalar, list, map}: Shape): boolean {
  return scalar === undefined && list === undefined && map === undefined
}

function checkMap(node: MapNode, shape: MapShape, at: Position): Refusal[] {
  // A service that extends another one gets from there what it lacks.
  const isAlone = at.isAlone && !(node.entries.has('extends') && Object.hasOwn(shape.keys, 'extends'))
  const missing = isWhole({...at, isAlone}) ? (shape.required ?? []) : []
  const around = [shape, ...at.around]
  const wrong: string[] = []
  const found = [
    ...missing.filter((key) => !node.entries.has(key)).map((key) => refuseMissing(node, shape, key)),
    ...[...node.entries].flatMap(([key, value]) => {
      const below = at.below.flatMap((one) => (one.kind === 'map' ? (one.entries.get(key) ?? []) : []))
      const inside = {around, key, below, isAlone}
      const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined
      if (known !== undefined) {
        const found = checkNode(value, known, {...inside, label: `"${key}"`})
        return known.since === undefined ? found : [tellNewer(node, key, known.since), ...found]
      }
      if (value.tag === 'reset' || (shape.hasOwn && key.startsWith('x-'))) return []
      if (shape.others === undefined || (shape.hasPlainNames && !PLAIN_NAME.test(key))) {
        if (wrong.push(key) > MAX_KEYS) return []
        return [shape.others === undefined ? refuseKey(node, shape, key, around) : refuseName(node, key, at)]
      }
      return checkNode(value, shape.others, {...inside, label: `"${key}" of "${at.key}"`})
    }),
  ]
  return wrong.length > MAX_KEYS ? [...found, refuseOthers(node, shape, wrong.slice(MAX_KEYS))] : found
}

function checkList(node: ListNode, shape: NonNullable<Shape['list']>, at: Position): Refusal[] {
  const label = shape.item ?? `an item of "${at.key}"`
  const texts = new Set<string>()
  const repeated = node.items.filter((item): item is ScalarNode => {
    if (item.kind !== 'scalar') return false
    const isThere = texts.has(item.text)
    texts.add(item.text)
    return isThere
  })
  return [
    // What stands in a list is not merged with anything.
    ...node.items.flatMap((item) => checkNode(item, shape.of, {...at, label, below: [], isAlone: true})),
    ...(shape.isUnique && isWhole(at) ? repeated : []).map((item) => ({
      what: `"${item.text}" stands twice in "${at.key}"`,
      place: item.place,
      fix: 'Remove one of the two',
    })),
  ]
}

function checkScalar(node: ScalarNode, shape: Shape, at: Position): Refusal[] {
  if (node.type === 'string' && node.text.includes('$')) return []
  // A tag makes a string of whatever it stands before.
  if ((node.type === 'null' && !isWhole(at)) || node.tag === 'override') return []
  const {scalar} = shape
  if (scalar === undefined || !scalar.types.some((type) => isOfType(node, type)) || isDate(node)) {
    return [refuseKind(node, shape, at)]
  }
  const {format, words, range} = scalar
  const {text, place} = node
  if (node.type === 'number' && range && !(Number(text) >= range[0] && Number(text) <= range[1])) {
    return [
      {
        what: `${at.label} is ${text}, and not from ${range[0]} to ${range[1]}`,
        place,
        fix: 'Write a number between the two',
        isOfValue: true,
      },
    ]
  }
  if (words !== undefined && !words.includes(text)) {
    const near = findNearest(text, words) ?? words.find((word) => word.includes(text) && text !== '')
    return [
      {
        what: `${at.label} is "${text}", and takes ${joinNames(words, MAX_NAMES)} only`,
        place,
        fix: near === undefined ? `Write ${listWords(words)}` : `Did you mean "${near}"?`,
        isOfValue: true,
      },
    ]
  }
  const isChecked = format !== undefined && node.type === 'string'
  if (!isChecked || format.isValid(text)) return []
  return [
    {
      what: `${at.label} is "${text}", which is not ${format.name}`,
      place,
      fix: proposeFormat(format),
      isOfValue: true,
    },
  ]
}

function listWords(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function refuseKind(node: DocumentNode, shape: Shape, {label}: Position): Refusal {
  const wanted = describeKinds(shape)
  const isOfValue = node.kind === 'scalar' && node.type === 'string'
  return {
    what: `${label} must be ${wanted}, and is ${describeNode(node)}`,
    place: node.place,
    fix: proposeKind(node, shape),
    ...(isOfValue && {isOfValue}),
  }
}

function proposeKind(node: DocumentNode, shape: Shape): string {
  const {scalar, list, map} = shape
  const isText = scalar?.types.includes('string') === true
  const format = node.kind === 'scalar' && scalar?.format?.isValid(node.text) === false ? scalar.format : null
  if (node.kind === 'scalar' && node.type === 'null') return 'Give it a value, or remove the key'
  if (isText && format !== null) return proposeFormat(format)
  if (node.kind === 'scalar' && isText) return `Quote it: "${node.text}"`
  if (list !== undefined && node.kind === 'scalar') return 'Write a list, one item a line, each behind a dash'
  if (list !== undefined && node.kind === 'map') return 'Begin each item with a dash'
  if (map !== undefined) return 'Write keys and values, one a line, without dashes'
  return `Write ${describeKinds(shape)}`
}

function proposeFormat({name, example}: ValueFormat): string {
  return `Write ${name}, as in ${example}`
}

function refuseMissing(node: MapNode, shape: MapShape, key: string): Refusal {
  return {what: `${shape.name} has no "${key}"`, place: node.place, fix: `Add "${key}"`}
}

function tellNewer(node: MapNode, key: string, since: string): Refusal {
  return {
    what: `"${key}" is new in Compose ${since}: older versions refuse the project`,
    place: placeOfKey(node, key),
    fix: `Start it with Compose ${since} or newer`,
    since,
  }
}

function refuseName(node: MapNode, key: string, at: Position): Refusal {
  return {
    what: `"${key}" is no name for "${at.key}": only letters, digits, ".", "_" and "-" may stand in one`,
    place: placeOfKey(node, key),
    fix: `Rename it, to "${key.replace(/[^\w.-]+/g, '-')}" for example`,
  }
}

function refuseKey(node: MapNode, shape: MapShape, key: string, around: readonly MapShape[]): Refusal {
  return {
    what: `"${key}" is no key of ${shape.name}`,
    place: placeOfKey(node, key),
    fix: proposeKey(key, shape, around),
  }
}

function refuseOthers(node: MapNode, {name}: MapShape, keys: readonly string[]): Refusal {
  return {
    what: `${keys.length} more keys of ${name} are unknown or no names, such as "${keys[0]}"`,
    place: placeOfKey(node, keys[0]!),
    fix: 'Correct or remove them',
  }
}

function proposeKey(key: string, shape: MapShape, around: readonly MapShape[]): string {
  const keys = Object.keys(shape.keys)
  const near =
    keys.find((known) => known === key.toLowerCase().replaceAll('-', '_')) ?? findNearest(key, keys)
  if (near != null) return `Did you mean "${near}"?`
  const elsewhere = findElsewhere(key, shape, around)
  if (elsewhere !== null) return `Put it ${elsewhere}`
  return shape.hasOwn ? `Remove it, or call it "x-${key}" if it is your own` : 'Remove it'
}
