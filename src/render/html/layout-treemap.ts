import {type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify} from 'd3-hierarchy'
import type {SizeNode} from '../../report/size-node.js'

/** A node in the picture, in pixels from the upper left corner. */
export interface Tile {
  node: SizeNode
  x: number
  y: number
  width: number
  height: number
  /** Its children lie in it. */
  isFrame: boolean
  /** There is room above the children for its name. */
  hasHeader: boolean
}

/** Measures of the picture in pixels; the page's script lays out with the same. */
export const TREEMAP = {
  header: 17,
  padding: 2,
  gap: 1,
  /** A directory is opened from this width and height on. */
  openFrom: 18,
  headerFromWidth: 48,
  headerFromHeight: 36,
  /** A directory with this share of the one around it, of the same kind, is drawn as one with it. */
  echoShare: 0.95,
}

/**
 * Lays out a tree as a squarified treemap. What would be too small to see is left out, its directory's colour shows.
 * @param bytesOf bytes of a node; those of children add up to their parent's
 * @returns parents before their children
 */
export function layoutTreemap(
  tree: SizeNode,
  bytesOf: (node: SizeNode) => number,
  width: number,
  height: number,
): Tile[] {
  if (bytesOf(tree) <= 0) return []
  const root = hierarchy(tree)
    .sum((node) => (node.children.length === 0 ? bytesOf(node) : 0))
    .sort((one, other) => other.value! - one.value!)
  const inside = (node: Placed): number => (node.depth === 0 || isEcho(node) ? 0 : TREEMAP.padding)
  const placed = treemap<SizeNode>()
    .tile(treemapSquarify)
    .size([width, height])
    .paddingInner(TREEMAP.gap)
    .paddingLeft(inside)
    .paddingRight(inside)
    .paddingBottom(inside)
    .paddingTop((node) => (hasHeader(node) ? TREEMAP.header : inside(node)))(root)
  const tiles: Tile[] = []
  addTiles(placed, tiles)
  return tiles
}

type Placed = HierarchyRectangularNode<SizeNode>

function hasHeader(node: Placed): boolean {
  const {depth, x0, x1, y0, y1} = node
  if (depth === 0 || isEcho(node)) return false
  return x1 - x0 >= TREEMAP.headerFromWidth && y1 - y0 >= TREEMAP.headerFromHeight
}

/** `build/` and `src/` in `googleapis/build/src/` say nothing that `googleapis/` does not. */
function isEcho({depth, data, value, parent}: Placed): boolean {
  return depth > 1 && data.kind === parent!.data.kind && value! >= parent!.value! * TREEMAP.echoShare
}

/** Edges are rounded here and not before: whether there is a header hangs on the exact size. */
function addTiles(placed: Placed, tiles: Tile[]): void {
  const {data: node, depth} = placed
  const [x, y] = [Math.round(placed.x0), Math.round(placed.y0)]
  const [width, height] = [Math.round(placed.x1) - x, Math.round(placed.y1) - y]
  if (width < 1 || height < 1) return
  const isOpen = depth === 0 || (width >= TREEMAP.openFrom && height >= TREEMAP.openFrom)
  const isFrame = isOpen && placed.children !== undefined
  if (depth > 0) tiles.push({node, x, y, width, height, isFrame, hasHeader: isFrame && hasHeader(placed)})
  if (!isFrame) return
  for (const child of placed.children!) addTiles(child, tiles)
}
