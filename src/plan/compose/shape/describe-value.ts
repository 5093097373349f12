import type {DocumentNode, ScalarNode} from '../../../languages/documents/document-node.js'
import type {ScalarType, Shape} from './shape.js'

/** Tells whether a scalar has a type. */
export function isOfType(node: ScalarNode, type: ScalarType): boolean {
  return type === 'whole' ? node.type === 'number' && Number.isInteger(Number(node.text)) : node.type === type
}

/** `2006-01-02`, and the like with a time: Go's YAML library makes a date of it, which no value of a compose file may be. */
const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]| )\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})?)?$/

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Tells whether a plain scalar is a date to Compose. */
export function isDate({source, text, type}: ScalarNode): boolean {
  if (type !== 'string' || source?.kind !== 'scalar' || !source.isPlain || source.text !== text) return false
  const [, , month, day] = DATE.exec(text) ?? []
  return day !== undefined && Number(day) >= 1 && Number(day) <= (DAYS[Number(month) - 1] ?? 0)
}

const TYPE_NAMES: Readonly<Record<ScalarType, string>> = {
  string: 'a string',
  number: 'a number',
  whole: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
}

/** What a shape takes, in words: `a string or a list`. */
export function describeKinds({scalar, list, map}: Shape): string {
  const types = (scalar?.types ?? []).filter((type) => type !== 'null').map((type) => TYPE_NAMES[type])
  const kinds = [...types, ...(list ? ['a list'] : []), ...(map ? ['a mapping'] : [])]
  return kinds.length < 2 ? kinds.join('') : `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`
}

/** What a value is, in words. */
export function describeNode(node: DocumentNode): string {
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'a mapping'
  if (node.type === 'null') return 'empty'
  if (isDate(node)) return `the date ${node.text}`
  if (node.type === 'string') return `the string "${node.text}"`
  return node.type === 'number' ? `the number ${node.text}` : node.text
}
