import {
  childOf,
  type DocumentNode,
  failAtPlace,
  type MapNode,
} from '../../languages/documents/document-node.js'

/** A block with one label: `target "app" { … }`. */
export interface LabelledBlock {
  label: string
  body: MapNode
}

/** Lists the blocks of a kind as HCL's JSON form writes them: objects, or arrays of objects, on both levels. */
export function listBlocks(root: MapNode, kind: string): LabelledBlock[] {
  const found = childOf(root, kind)
  if (found === undefined) return []
  const blocks: LabelledBlock[] = []
  for (const labels of mapsOf(found, kind)) {
    for (const [label, bodies] of labels.entries) {
      for (const body of mapsOf(bodies, `${kind}.${label}`)) blocks.push({label, body})
    }
  }
  return blocks
}

function mapsOf(node: DocumentNode, key: string): MapNode[] {
  const items = node.kind === 'list' ? node.items : [node]
  return items.map((item) => {
    if (item.kind !== 'map') failAtPlace(item.place, `"${key}" must be an object`)
    return item
  })
}
