import path from 'node:path'
import {
  childOf,
  type DocumentNode,
  type MapNode,
  type ScalarNode,
  wordAt,
} from '../../../languages/documents/document-node.js'
import type {ServiceMount} from '../../service-run.js'

/** Something that a service mounts, with where it is written. */
export interface ComposeMount extends ServiceMount {
  /** The name of a volume; null for another kind of mount, and for an anonymous volume, which is new in each container. */
  volume: string | null
  isReadOnly: boolean
  /** The item of the list. */
  node: DocumentNode
}

/** Makes `./src:/app:ro` the mapping that it stands for; a mapping stays. */
export function makeLongMount(item: DocumentNode): DocumentNode {
  if (item.kind !== 'scalar' || item.text === '') return item
  const {source, target, mode} = splitMount(item.text)
  const isBind = /^(?:[./~]|[A-Za-z]:[\\/])/.test(source)
  const text = (value: string): ScalarNode => ({
    kind: 'scalar',
    place: item.place,
    text: value,
    type: 'string',
  })
  const entries = new Map<string, DocumentNode>([
    ['type', text(isBind ? 'bind' : 'volume')],
    ...(source === '' ? [] : [['source', text(source)] as const]),
    ['target', text(target)],
    ['read_only', text(String(mode.split(',').includes('ro')))],
    ['written', text(item.text)],
  ])
  return {
    kind: 'map',
    place: item.place,
    entries,
    ...(item.source && {source: item.source}),
    ...(item.tag && {tag: item.tag}),
  }
}

/** The parts of the short form; a Windows drive keeps its colon. */
function splitMount(text: string): {source: string; target: string; mode: string} {
  const parts = text.split(/(?<!^[A-Za-z]):/)
  const [first = '', second, third = ''] = parts
  if (second === undefined) return {source: '', target: first, mode: ''}
  // `/data:ro` is a target with a mode.
  if (parts.length === 2 && /^(?:ro|rw|z|Z)$/.test(second)) return {source: '', target: first, mode: second}
  return {source: first, target: second, mode: third}
}

/** Where a mount in its long form goes; empty if that is not said. */
export function targetOf(item: DocumentNode): string {
  const target = plainText(item, 'target')
  return target === '' ? '' : path.posix.normalize(target).replace(/(?<=.)\/+$/, '')
}

/** Reads the mounts of a service whose paths are resolved. Of several at one path the last counts. */
export function readMounts(service: MapNode): ComposeMount[] {
  const volumes = childOf(service, 'volumes')
  const items = volumes?.kind === 'list' ? volumes.items : []
  const mounts = [...items.flatMap(readMount), ...readTmpfs(childOf(service, 'tmpfs'))]
  return [...new Map(mounts.map((mount) => [mount.target, mount])).values()]
}

function readMount(node: DocumentNode): ComposeMount[] {
  const [target, type, source] = [targetOf(node), plainText(node, 'type'), plainText(node, 'source')]
  if (target === '' || (type !== 'bind' && type !== 'volume' && type !== 'tmpfs')) return []
  const isKnown = type === 'bind' && path.isAbsolute(source) && !source.includes('$')
  return [
    {
      kind: type,
      written: plainText(node, 'written') || (source === '' ? target : `${source}:${target}`),
      target,
      source: isKnown ? source : null,
      place: node.place,
      volume: type === 'volume' && source !== '' ? source : null,
      isReadOnly: plainText(node, 'read_only') === 'true',
      node,
    },
  ]
}

/** `tmpfs: /run`, or a list of such, each with options behind a colon. */
function readTmpfs(tmpfs: DocumentNode | undefined): ComposeMount[] {
  const items = tmpfs === undefined ? [] : tmpfs.kind === 'list' ? tmpfs.items : [tmpfs]
  return items.flatMap((node): ComposeMount[] => {
    if (node.kind !== 'scalar' || node.text === '') return []
    const target = path.posix.normalize(node.text.split(':', 1)[0]!).replace(/(?<=.)\/+$/, '')
    const base = {kind: 'tmpfs' as const, written: node.text, target, source: null, place: node.place}
    return [{...base, volume: null, isReadOnly: false, node}]
  })
}

function plainText(node: DocumentNode, key: string): string {
  return wordAt(node, key) ?? ''
}
