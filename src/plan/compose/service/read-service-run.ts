import {childOf, type DocumentNode, type MapNode} from '../../../languages/documents/document-node.js'
import type {ServiceMount, ServiceRun, ServiceStart} from '../../service-run.js'
import {readMounts} from './read-mounts.js'

/** Reads how a service runs its image, paths resolved. What needs a variable that is missing here stays as written. */
export function readServiceRun(name: string, service: MapNode): ServiceRun {
  const starts = [readStart(service, 'entrypoint'), readStart(service, 'command'), readCheck(service)]
  return {service: name, starts: starts.filter((start) => start !== null), mounts: listMounts(service)}
}

function listMounts(service: MapNode): ServiceMount[] {
  return readMounts(service).map(({kind, written, target, source, place}) => {
    return {kind, written, target, source, place}
  })
}

function readStart(service: MapNode, keyword: 'entrypoint' | 'command'): ServiceStart | null {
  const node = childOf(service, keyword)
  if (node === undefined) return null
  const {place} = node
  if (node.kind === 'scalar') return {keyword, text: node.text, place}
  return node.kind === 'list' ? {keyword, words: textsOf(node), place} : null
}

/** `["CMD", …]` and `["CMD-SHELL", …]`, or the text of a script. */
function readCheck(service: MapNode): ServiceStart | null {
  const node = childOf(childOf(service, 'healthcheck'), 'test')
  if (node === undefined) return null
  const start = {keyword: 'healthcheck' as const, place: node.place}
  if (node.kind === 'scalar') return {...start, text: node.text}
  const [how, ...words] = textsOf(node)
  if (how === 'CMD-SHELL') return {...start, text: words.join(' ')}
  return how === 'CMD' && words.length > 0 ? {...start, words} : null
}

function textsOf(node: DocumentNode): string[] {
  if (node.kind !== 'list') return []
  return node.items.map((item) => (item.kind === 'scalar' ? item.text : ''))
}
