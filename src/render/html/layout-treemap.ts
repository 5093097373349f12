/** The layout of the treemaps. The renderer and the page's script (`page/`) both use it. */
import {type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify} from 'd3-hierarchy'

/** How the layout reads nodes of any type. */
export interface TreemapShape<Node> {
  childrenOf(node: Node): readonly Node[]
  /** Those of children add up to their parent's. */
  bytesOf(node: Node): number
  kindOf(node: Node): string | number
}

/** A node in the picture, in pixels from the upper left corner. */
export interface Tile<Node> {
  node: Node
  x: number
  y: number
  width: number
  height: number
  /** Its children lie in it. */
  isFrame: boolean
  /** There is room above the children for its name. */
  hasHeader: boolean
}

/** Measures of the picture in pixels. */
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
 * Lays out a tree as a squarified treemap. Tiles too small to see are left out; their directory's colour shows there.
 * @returns parents before their children
 */
export function layoutTreemap<Node>(
  top: Node,
  shape: TreemapShape<Node>,
  width: number,
  height: number,
): Tile<Node>[] {
  return new Layout(shape).run(top, width, height)
}

type Placed<Node> = HierarchyRectangularNode<Node>

class Layout<Node> {
  private readonly tiles: Tile<Node>[] = []

  constructor(private readonly shape: TreemapShape<Node>) {}

  run(top: Node, width: number, height: number): Tile<Node>[] {
    const {bytesOf, childrenOf} = this.shape
    if (bytesOf(top) <= 0) return []
    const root = hierarchy(top, childrenOf)
      .sum((node) => (childrenOf(node).length === 0 ? bytesOf(node) : 0))
      .sort((one, other) => other.value! - one.value!)
    const inside = (node: Placed<Node>): number =>
      node.depth === 0 || this.isEcho(node) ? 0 : TREEMAP.padding
    const place = treemap<Node>()
      .tile(treemapSquarify)
      .size([width, height])
      .paddingInner(TREEMAP.gap)
      .paddingLeft(inside)
      .paddingRight(inside)
      .paddingBottom(inside)
      .paddingTop((node) => (this.hasHeader(node) ? TREEMAP.header : inside(node)))
    this.addTiles(place(root))
    return this.tiles
  }

  private hasHeader(node: Placed<Node>): boolean {
    const {depth, x0, x1, y0, y1} = node
    if (depth === 0 || this.isEcho(node)) return false
    return x1 - x0 >= TREEMAP.headerFromWidth && y1 - y0 >= TREEMAP.headerFromHeight
  }

  /** `build/` and `src/` in `googleapis/build/src/` add nothing to `googleapis/`. */
  private isEcho({depth, data, value, parent}: Placed<Node>): boolean {
    if (depth <= 1 || this.shape.kindOf(data) !== this.shape.kindOf(parent!.data)) return false
    return value! >= parent!.value! * TREEMAP.echoShare
  }

  /** Edges are rounded here and not before: the exact size decides whether there is a header. */
  private addTiles(placed: Placed<Node>): void {
    const {data: node, depth} = placed
    const [x, y] = [Math.round(placed.x0), Math.round(placed.y0)]
    const [width, height] = [Math.round(placed.x1) - x, Math.round(placed.y1) - y]
    if (width < 1 || height < 1) return
    const isOpen = depth === 0 || (width >= TREEMAP.openFrom && height >= TREEMAP.openFrom)
    const isFrame = isOpen && placed.children !== undefined
    const hasHeader = isFrame && this.hasHeader(placed)
    if (depth > 0) this.tiles.push({node, x, y, width, height, isFrame, hasHeader})
    if (!isFrame) return
    for (const child of placed.children!) this.addTiles(child)
  }
}
