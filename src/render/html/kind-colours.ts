import type {SizeNode} from '../../report/size-node.js'

/** A kind in the legend; the kinds without a colour of their own share the last two. */
interface KindGroup {
  /** The class of its tiles: `k1` … `k8`, `k9` for all other known kinds, `k0` for what is not known. */
  colour: string
  title: string
  transferBytes: number
}

export interface KindColours {
  /** In the order of the legend: the largest first, then what is left over. */
  groups: KindGroup[]
  colourOf: (kind: string) => string
}

const COLOUR_COUNT = 8
/** A kind with less of what crosses now, and of what stays, is not seen in the picture. */
const SEEN_SHARE = 0.002

interface KindSum {
  title: string
  transferBytes: number
  stayingBytes: number
}

/** Gives the largest kinds of a tree a colour each. */
export function assignColours(tree: SizeNode): KindColours {
  const kinds = new Map<string, KindSum>()
  addKinds(tree, kinds)
  const unknownBytes = kinds.get('other')?.transferBytes ?? 0
  kinds.delete('other')
  const sorted = [...kinds].sort(([, one], [, other]) => other.transferBytes - one.transferBytes)
  const stayingBytes = tree.transferBytes - tree.leavingBytes
  const seen = sorted
    .filter(
      ([, kind]) =>
        kind.transferBytes >= tree.transferBytes * SEEN_SHARE ||
        (kind.stayingBytes > 0 && kind.stayingBytes >= stayingBytes * SEEN_SHARE),
    )
    .slice(0, COLOUR_COUNT)
  const colours = new Map(seen.map(([kind], at) => [kind, `k${at + 1}`]))
  const groups = seen.map(([kind, {title, transferBytes}]) => ({
    colour: colours.get(kind)!,
    title,
    transferBytes,
  }))
  const others = sorted.filter(([kind]) => !colours.has(kind))
  if (others.length > 0) {
    const transferBytes = others.reduce((sum, [, kind]) => sum + kind.transferBytes, 0)
    groups.push({colour: 'k9', title: 'other known kinds', transferBytes})
  }
  if (unknownBytes > 0) {
    groups.push({colour: 'k0', title: 'sources and everything else', transferBytes: unknownBytes})
  }
  return {groups, colourOf: (kind) => colours.get(kind) ?? (kinds.has(kind) ? 'k9' : 'k0')}
}

function addKinds(node: SizeNode, kinds: Map<string, KindSum>): void {
  for (const child of node.children) addKinds(child, kinds)
  if (node.children.length > 0) return
  const kind = kinds.get(node.kind) ?? {title: node.title, transferBytes: 0, stayingBytes: 0}
  kind.transferBytes += node.transferBytes
  kind.stayingBytes += node.transferBytes - node.leavingBytes
  kinds.set(node.kind, kind)
}
