import {type DocumentNode, itemsAt, type MapNode, wordAt} from '../../../languages/documents/document-node.js'
import type {Location} from '../../../languages/text/range.js'

/** Ports of the host on which containers of a service answer. */
export interface PublishedPort {
  /** An address of the host; empty: all of them. */
  address: string
  first: number
  last: number
  /** In the container. */
  target: string
  protocol: string
  place: Location
}

/** Reads the ports that are published under a number; those that Docker chooses are left out. */
export function readPorts(service: MapNode): PublishedPort[] {
  return itemsAt(service, 'ports').flatMap((item) => {
    const {place} = item
    const [address, published, target, protocol] = item.kind === 'map' ? readLong(item) : readShort(item)
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(published) ?? []
    if (first === undefined || Number(first) === 0) return []
    const isAll = /^(?:0\.0\.0\.0|::|\[::\])?$/.test(address)
    return [
      {address: isAll ? '' : address, first: Number(first), last: Number(last), target, protocol, place},
    ]
  })
}

type Parts = [address: string, published: string, target: string, protocol: string]

function readLong(item: MapNode): Parts {
  const read = (key: string) => wordAt(item, key) ?? ''
  return [read('host_ip'), read('published'), read('target'), read('protocol') || 'tcp']
}

/** `[[ADDRESS:]PUBLISHED:]TARGET[/PROTOCOL]`; without PUBLISHED Docker chooses one. */
function readShort(item: DocumentNode): Parts {
  const text = item.kind === 'scalar' ? item.text : ''
  const [, address = '', published = '', target = '', protocol = 'tcp'] =
    /^(?:(\[[^\]]*\]|[^:[\]]*):)?([\d-]*):([\d-]+)(?:\/(\w+))?$/.exec(text) ?? []
  return [address, published, target, protocol]
}
