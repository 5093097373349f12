import {formatBytes} from '../../languages/text/amounts.js'
import type {SizeNode} from '../../report/size-node.js'
import {measureWidth} from '../terminal/measure-width.js'
import {shorten} from '../terminal/table.js'
import {describeNode, nameNode} from './describe-node.js'
import {escapeHtml} from './escape-html.js'
import {layoutTreemap, type Tile, TREEMAP} from './layout-treemap.js'

export interface TreemapOptions {
  view: 'before' | 'after'
  width: number
  height: number
  /** What a screen reader says of the picture. */
  label: string
  colourOf: (kind: string) => string
}

/** Pixels that a column of text takes at the size of the labels, on the safe side. */
const COLUMN_WIDTH = 6.4
/** A name cut shorter than this says nothing. */
const MIN_COLUMNS = 7

/** Draws a size tree as a treemap in SVG: tiles, hatching over what leaves, names where they fit. */
export function renderTreemap(tree: SizeNode, options: TreemapOptions): string {
  const {view, width, height, label, colourOf} = options
  const bytesOf = (node: SizeNode): number =>
    view === 'before' ? node.transferBytes : node.transferBytes - node.leavingBytes
  const tiles = layoutTreemap(tree, bytesOf, width, height)
  const rects = tiles.map((tile) => {
    const className = `${colourOf(tile.node.kind)}${tile.isFrame ? ' frame' : ''}`
    const {path, facts} = describeNode(tile.node, bytesOf(tree), view)
    const title = `<title>${escapeHtml(path)}\n${escapeHtml(facts)}</title>`
    return `<rect class="${className}" ${renderPlace(tile)}>${title}</rect>`
  })
  const hatching = view === 'before' ? tiles.filter(({isFrame}) => !isFrame).map(renderHatching) : []
  const labels = tiles.map((tile) => renderLabels(tile, formatBytes(bytesOf(tile.node)), colourOf))
  return [
    `<svg data-view="${view}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">`,
    `<g class="tiles">${rects.join('')}</g>`,
    `<g class="hatching">${hatching.join('')}</g>`,
    `<g class="labels">${labels.join('')}</g>`,
    '</svg>',
  ].join('\n')
}

function renderPlace({x, y, width, height}: Pick<Tile, 'x' | 'y' | 'width' | 'height'>): string {
  return `x="${x}" y="${y}" width="${width}" height="${height}"`
}

/** As much of the tile as leaves, from below. */
function renderHatching({node, x, y, width, height}: Tile): string {
  if (node.leavingBytes === 0) return ''
  const part = Math.max(1, Math.round((height * node.leavingBytes) / node.transferBytes))
  return `<rect ${renderPlace({x, y: y + height - part, width, height: part})}/>`
}

function renderLabels(tile: Tile, bytes: string, colourOf: (kind: string) => string): string {
  const {node, x, y, width, height, isFrame, hasHeader} = tile
  if (isFrame && !hasHeader) return ''
  const columns = Math.floor((width - 8) / COLUMN_WIDTH)
  const name = nameNode(node)
  if (height < 15 || columns < Math.min(MIN_COLUMNS, measureWidth(name))) return ''
  const className = isFrame ? 'head' : colourOf(node.kind)
  const left = x + 4
  const top = y + (isFrame ? TREEMAP.header - 5 : 13)
  const withBytes = isFrame && measureWidth(`${name}  ${bytes}`) <= columns
  const shown = escapeHtml(shorten(name, columns))
  const size = `<tspan class="size"${isFrame ? ' dx="6"' : ''}>${escapeHtml(bytes)}</tspan>`
  const label = `<text class="${className}" x="${left}" y="${top}">${shown}${withBytes ? size : ''}</text>`
  if (isFrame || height < 32 || measureWidth(bytes) > columns) return label
  return `${label}<text class="${className}" x="${left}" y="${top + 14}">${size}</text>`
}
