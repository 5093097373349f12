import path from 'node:path'
import {childOf, type DocumentNode, type MapNode} from '../../languages/documents/document-node.js'
import {resolvePath} from '../build-location.js'
import type {ServiceMount, ServiceRun, ServiceStart} from '../service-run.js'
import {interpolate, type Lookup} from './interpolate.js'

/** Where the paths of a service are relative to, and what its variables are. */
export interface ServiceSurroundings {
  /** Absolute. */
  projectDir: string
  lookup: Lookup
}

/** Reads how a service runs its image. What needs a variable that is missing here stays as written. */
export function readServiceRun(
  name: string,
  service: MapNode,
  surroundings: ServiceSurroundings,
): ServiceRun {
  return {
    service: name,
    starts: [
      ...readStart(service, 'entrypoint', surroundings.lookup),
      ...readStart(service, 'command', surroundings.lookup),
      ...readCheck(service, surroundings.lookup),
    ],
    mounts: readMounts(service, surroundings),
  }
}

function readStart(service: MapNode, keyword: 'entrypoint' | 'command', lookup: Lookup): ServiceStart[] {
  const node = childOf(service, keyword)
  if (node === undefined) return []
  const {place} = node
  if (node.kind === 'scalar') return [{keyword, text: fill(node.text, lookup), place}]
  return node.kind === 'list' ? [{keyword, words: textsOf(node, lookup), place}] : []
}

/** `["CMD", …]` and `["CMD-SHELL", …]`, or the text of a script. */
function readCheck(service: MapNode, lookup: Lookup): ServiceStart[] {
  const node = childOf(childOf(service, 'healthcheck'), 'test')
  if (node === undefined) return []
  const start = {keyword: 'healthcheck' as const, place: node.place}
  if (node.kind === 'scalar') return [{...start, text: fill(node.text, lookup)}]
  const [how, ...words] = textsOf(node, lookup)
  if (how === 'CMD-SHELL') return [{...start, text: words.join(' ')}]
  return how === 'CMD' && words.length > 0 ? [{...start, words}] : []
}

/** Of several at one path the last counts. */
function readMounts(service: MapNode, surroundings: ServiceSurroundings): ServiceMount[] {
  const mounts = new Map<string, ServiceMount>()
  const volumes = childOf(service, 'volumes')
  for (const item of volumes?.kind === 'list' ? volumes.items : []) {
    const mount = item.kind === 'map' ? readLong(item, surroundings) : readShort(item, surroundings)
    if (mount !== null) mounts.set(mount.target, mount)
  }
  const tmpfs = childOf(service, 'tmpfs')
  for (const text of tmpfs?.kind === 'scalar' ? [tmpfs.text] : textsOf(tmpfs, surroundings.lookup)) {
    const target = cleanTarget(text.split(':', 1)[0]!)
    mounts.set(target, {kind: 'tmpfs', written: text, target, source: null, place: tmpfs!.place})
  }
  return [...mounts.values()]
}

/** `SOURCE:TARGET[:MODE]`, or a target alone. */
function readShort(item: DocumentNode, surroundings: ServiceSurroundings): ServiceMount | null {
  if (item.kind !== 'scalar') return null
  const written = fill(item.text, surroundings.lookup)
  // a drive of Windows has a colon of its own
  const [, source = '', target = ''] = /^((?:[A-Za-z]:[\\/])?[^:]*):([^:]+)/.exec(written) ?? [
    null,
    '',
    written,
  ]
  return toMount(source, target, {written, item, surroundings})
}

function readLong(item: MapNode, surroundings: ServiceSurroundings): ServiceMount | null {
  const read = (key: string): string => {
    const node = childOf(item, key)
    return node?.kind === 'scalar' ? fill(node.text, surroundings.lookup) : ''
  }
  const [type, source, target] = [read('type'), read('source'), read('target')]
  if (target === '') return null
  const written = source === '' ? target : `${source}:${target}`
  if (type === 'tmpfs') {
    return {kind: 'tmpfs', written, target: cleanTarget(target), source: null, place: item.place}
  }
  const path = type === 'bind' && !/^[./~]/.test(source) ? `./${source}` : source
  return toMount(type === 'volume' ? '' : path, target, {written, item, surroundings})
}

interface Written {
  written: string
  item: DocumentNode
  surroundings: ServiceSurroundings
}

function toMount(source: string, target: string, {written, item, surroundings}: Written): ServiceMount {
  const {place} = item
  const isPath = /^(?:\.{1,2}(?:[\\/]|$)|[/~]|[A-Za-z]:)/.test(source)
  const {projectDir, lookup} = surroundings
  // what another folder's file takes in counts from there
  const isOwn = path.dirname(place.file) === projectDir || path.isAbsolute(source)
  const isKnown = isPath && isOwn && !source.includes('$')
  return {
    kind: isPath ? 'bind' : 'volume',
    written,
    target: cleanTarget(target),
    source: isKnown ? resolvePath(projectDir, source, lookup('HOME')) : null,
    place,
  }
}

function cleanTarget(target: string): string {
  return path.posix.normalize(target).replace(/(?<=.)\/+$/, '')
}

function textsOf(node: DocumentNode | undefined, lookup: Lookup): string[] {
  if (node?.kind !== 'list') return []
  return node.items.map((item) => (item.kind === 'scalar' ? fill(item.text, lookup) : ''))
}

function fill(text: string, lookup: Lookup): string {
  try {
    return interpolate(text, lookup)
  } catch {
    return text
  }
}
