import {
  childOf,
  type DocumentNode,
  type MapNode,
  type ScalarNode,
} from '../../languages/documents/document-node.js'

/** Something that is mounted into the containers of a service. */
export interface ServiceMount {
  /** `anonymous`: a volume without a name, new for each container that is made anew. */
  kind: 'bind' | 'volume' | 'anonymous' | 'other'
  /** Absolute for a bind, the name of a volume; empty for others. */
  source: string
  /** A container path, as written. */
  target: string
  isReadOnly: boolean
  /** The item of the list. */
  node: DocumentNode
}

/** Makes `./src:/app:ro` the mapping that it stands for; a mapping stays. */
export function makeLongMount(item: DocumentNode): DocumentNode {
  if (item.kind !== 'scalar' || item.text === '') return item
  const {source, target, mode} = splitMount(item.text)
  const isBind = /^(?:[./~\\]|[A-Za-z]:[\\/])/.test(source)
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
    ...(mode.split(',').includes('ro')
      ? [['read_only', {...text('true'), type: 'boolean'} as ScalarNode] as const]
      : []),
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
  const target = childOf(item, 'target')
  return target?.kind === 'scalar' ? target.text.replace(/(?<=.)\/+$/, '') : ''
}

/** Reads the mounts of a service whose paths are resolved. */
export function readMounts(service: MapNode): ServiceMount[] {
  const volumes = childOf(service, 'volumes')
  if (volumes?.kind !== 'list') return []
  return volumes.items.flatMap((node) => {
    const target = targetOf(node)
    if (!target.startsWith('/')) return []
    const source = plainText(node, 'source')
    return [
      {kind: kindOf(node, source), source, target, isReadOnly: plainText(node, 'read_only') === 'true', node},
    ]
  })
}

function kindOf(node: DocumentNode, source: string): ServiceMount['kind'] {
  const type = plainText(node, 'type')
  if (type === 'bind') return 'bind'
  if (type === 'volume') return source === '' ? 'anonymous' : 'volume'
  return 'other'
}

function plainText(node: DocumentNode, key: string): string {
  const child = childOf(node, key)
  return child?.kind === 'scalar' ? child.text : ''
}
