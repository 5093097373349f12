import type {DocumentNode, MapNode, ScalarNode} from '../../../languages/documents/document-node.js'
import type {Interpolator} from '../variables/interpolator.js'
import {makeLongMount} from './read-mounts.js'

/** What else a build may have: nothing here depends on its kind. */
export const OTHER_BUILD_KEYS: ReadonlySet<string> = new Set([
  'labels',
  'network',
  'shm_size',
  'ulimits',
  'extra_hosts',
  'secrets',
  'ssh',
  'privileged',
  'isolation',
  'entitlements',
])

/** Sections that are a mapping, or a list of `name=value`. */
const PAIRS = new Set(['environment', 'labels', 'annotations', 'sysctls'])

/** More volumes no service has. */
const MAX_MOUNTS = 1000

/**
 * Reads a value that tells how the containers of a service run: variables replaced, short forms made long, so that
 * files can be laid over each other. Does not check values: Compose refuses invalid ones.
 */
export function pickRuntime(value: DocumentNode, key: string, variables: Interpolator): DocumentNode {
  const node = variables.replace(value)
  if (key === 'depends_on') return makeDependencies(node)
  if (key === 'volumes') return makeMounts(node)
  return PAIRS.has(key) ? makePairs(node) : node
}

function makeDependencies(node: DocumentNode): DocumentNode {
  if (node.kind !== 'list') return node
  const entries = node.items.flatMap((item): [string, DocumentNode][] => {
    if (item.kind !== 'scalar') return []
    const condition: ScalarNode = {kind: 'scalar', place: item.place, text: 'service_started', type: 'string'}
    return [[item.text, {kind: 'map', place: item.place, entries: new Map([['condition', condition]])}]]
  })
  return copyAs(node, new Map(entries))
}

function makeMounts(node: DocumentNode): DocumentNode {
  if (node.kind !== 'list' || node.items.length > MAX_MOUNTS) return node
  return {...node, items: node.items.map(makeLongMount)}
}

function makePairs(node: DocumentNode): DocumentNode {
  if (node.kind !== 'list') return node
  const entries = node.items.flatMap((item): [string, DocumentNode][] => {
    if (item.kind !== 'scalar') return []
    const at = item.text.indexOf('=')
    const name = at < 0 ? item.text : item.text.slice(0, at)
    return [[name, at < 0 ? {...item, text: '', type: 'null'} : {...item, text: item.text.slice(at + 1)}]]
  })
  return copyAs(node, new Map(entries))
}

function copyAs({place, source, tag}: DocumentNode, entries: ReadonlyMap<string, DocumentNode>): MapNode {
  return {kind: 'map', place, entries, ...(source && {source}), ...(tag && {tag})}
}
