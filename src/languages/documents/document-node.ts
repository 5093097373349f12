import {BuildFileError} from '../../errors.js'
import type {Location} from '../text/range.js'
import type {SourceNode} from './source-node.js'

interface NodeBase {
  place: Location
  /** What the node was read from; absent in a node that was put together. */
  source?: SourceNode
  /** Compose's `!reset` (take the value away) and `!override` (replace it whole). */
  tag?: 'reset' | 'override'
}

export interface ScalarNode extends NodeBase {
  kind: 'scalar'
  /** As Docker's tools print the value: `1.10` is `1.1`. Empty for null. */
  text: string
  type: 'string' | 'number' | 'boolean' | 'null'
}

export interface MapNode extends NodeBase {
  kind: 'map'
  entries: ReadonlyMap<string, DocumentNode>
}

export interface ListNode extends NodeBase {
  kind: 'list'
  items: readonly DocumentNode[]
}

/** A value of a YAML or JSON file with the line that it stands on. Immutable; aliases share one. */
export type DocumentNode = ScalarNode | MapNode | ListNode

/** Fails at a place. @throws BuildFileError always */
export function failAtPlace(place: Location, reason: string): never {
  throw new BuildFileError(reason, place.file, place.line)
}

/** No build has more arguments or contexts than this. */
const MAX_ENTRIES = 1000

/** Checks that a map of a build is not too large. @throws BuildFileError */
export function checkSize({place}: Pick<DocumentNode, 'place'>, size: number): void {
  if (size > MAX_ENTRIES) failAtPlace(place, `there are more than ${MAX_ENTRIES} entries`)
}

/** Returns an entry of a map; undefined if it is absent, null or reset, or if the node is not a map. */
export function childOf(node: DocumentNode | undefined, key: string): DocumentNode | undefined {
  if (node?.kind !== 'map') return undefined
  const child = node.entries.get(key)
  const isAbsent = child?.tag === 'reset' || (child?.kind === 'scalar' && child.type === 'null')
  return isAbsent ? undefined : child
}

/** Returns the text of a scalar entry; undefined if it is absent. @throws BuildFileError if it is a map or a list */
export function textOf(node: DocumentNode | undefined, key: string): string | undefined {
  const child = childOf(node, key)
  if (child === undefined) return undefined
  if (child.kind !== 'scalar') failAtPlace(child.place, `"${key}" must be a string`)
  return child.text
}

/** The text of a scalar entry; undefined if it is absent or no scalar: for files of which nobody asked that they be right. */
export function wordAt(node: DocumentNode | undefined, key: string): string | undefined {
  const child = childOf(node, key)
  return child?.kind === 'scalar' ? child.text : undefined
}

/** The items of a list that is an entry; empty if it is absent or no list. */
export function itemsAt(node: DocumentNode | undefined, key: string): readonly DocumentNode[] {
  const child = childOf(node, key)
  return child?.kind === 'list' ? child.items : []
}
