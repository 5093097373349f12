import {formatBytes, formatFiles, formatShare} from '../../languages/text/amounts.js'
import type {SizeNode} from '../../report/size-node.js'
import {measureWidth} from '../terminal/measure-width.js'
import {shorten} from '../terminal/table.js'
import {collectTreemapData, describeNode, nameNode} from './describe-tree.js'
import {embedJson, escapeHtml} from './escape-html.js'
import {assignColours, type KindColours} from './kind-colours.js'
import {layoutTreemap, type Tile, TREEMAP} from './layout-treemap.js'

const HALF = {width: 608, height: 430}
const WHOLE = {width: 1240, height: 460}

/** What the picture shows. */
export interface PictureWords {
  title: string
  /** Of the navigation. */
  place: string
  /** Captions: of the whole, of what stays, and of the hatching. */
  before: string
  after: string
  leaving: string
  /** The only picture, where nothing leaves. Default: `All of it`. */
  whole?: string
}

export const TRANSFER: PictureWords = {
  title: 'What is sent',
  place: 'Place in the context',
  before: 'Now',
  after: 'After the suggestions',
  leaving: 'would leave',
}

/** Pixels that a column of text takes at the size of the labels, on the safe side. */
const COLUMN_WIDTH = 6.4
/** A shorter piece of a name tells nothing. */
const MIN_COLUMNS = 7

interface TreemapOptions {
  view: 'before' | 'after'
  width: number
  height: number
  /** What a screen reader says of the picture. */
  label: string
  colourOf: (kind: string) => string
}

/** The total of a picture. */
export interface PictureTotal {
  transferBytes: number
  fileCount: number
}

export interface PictureOptions {
  /** Default: those of a transfer. */
  words?: PictureWords
  /** What is left in all, where a file comes that the tree does not have; null or absent: what the tree says. */
  after?: PictureTotal | null
}

/** Renders a size tree as treemaps: what crosses now and, where something leaves, what will. */
export function renderPicture(tree: SizeNode, {words = TRANSFER, after = null}: PictureOptions = {}): string {
  if (tree.transferBytes === 0) return ''
  const colours = assignColours(tree)
  const isTwofold = tree.leavingBytes > 0
  const figures = [renderFigure(tree, 'before', colours, {words, after})]
  if (isTwofold) figures.push(renderFigure(tree, 'after', colours, {words, after}))
  return `<section aria-labelledby="picture">
<div class="title"><h2 id="picture">${words.title}</h2><nav aria-label="${words.place}"><ol class="crumbs" id="crumbs"></ol></nav></div>
<div class="maps${isTwofold ? '' : ' one'}">
${figures.join('\n')}
</div>
<p class="facts-line live-only" id="facts">Point at a tile for its path. Click to open it; with the keyboard, arrow keys move, Enter opens, Escape goes back.</p>
<p class="said" role="status" id="said"></p>
${renderLegend(colours, tree, words)}
<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse"><path d="M-1.75,1.75 l3.5,-3.5 M0,7 l7,-7 M5.25,8.75 l3.5,-3.5"/></pattern></defs></svg>
<script type="application/json" id="size-tree">${embedJson(collectTreemapData(tree, colours.colourOf, after))}</script>
</section>`
}

function renderFigure(
  tree: SizeNode,
  view: 'before' | 'after',
  {colourOf}: KindColours,
  {words, after}: Required<PictureOptions>,
): string {
  const isTwofold = tree.leavingBytes > 0
  const isAfter = view === 'after'
  const {transferBytes, fileCount} = isAfter ? (after ?? leftOf(tree)) : tree
  const bytes = formatBytes(transferBytes)
  const files = formatFiles(fileCount)
  const title = isAfter ? words.after : isTwofold ? words.before : (words.whole ?? 'All of it')
  const label = `${words.title}, as a treemap, ${title.toLowerCase()}: ${bytes}, ${files}`
  const scale = isAfter ? ', drawn to fill the frame' : ''
  const svg = renderTreemap(tree, {view, ...(isTwofold ? HALF : WHOLE), label, colourOf})
  return `<figure><figcaption>${title} <span>${escapeHtml(`${bytes}, ${files}${scale}`)}</span></figcaption>
${svg}
</figure>`
}

function leftOf(tree: SizeNode): PictureTotal {
  return {
    transferBytes: tree.transferBytes - tree.leavingBytes,
    fileCount: tree.fileCount - tree.leavingFileCount,
  }
}

function renderLegend(
  {groups}: KindColours,
  {transferBytes, leavingBytes}: SizeNode,
  words: PictureWords,
): string {
  const isTwofold = leavingBytes > 0
  if (groups.length === 1 && !isTwofold) return ''
  const items = groups.map(
    (group) =>
      `<li><i class="${group.colour}"></i>${escapeHtml(group.title)} <span>${formatBytes(group.transferBytes)}, ${escapeHtml(formatShare(group.transferBytes, transferBytes))}</span></li>`,
  )
  if (isTwofold)
    items.push(
      `<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12"/></svg>hatched: ${words.leaving}</li>`,
    )
  return `<ul class="legend" aria-label="Colours">${items.join('')}</ul>`
}

/** Draws a size tree as a treemap in SVG: tiles, hatching over what leaves, names where they fit. */
function renderTreemap(tree: SizeNode, options: TreemapOptions): string {
  const {view, width, height, label, colourOf} = options
  const bytesOf = (node: SizeNode): number =>
    view === 'before' ? node.transferBytes : node.transferBytes - node.leavingBytes
  const shape = {
    bytesOf,
    childrenOf: (node: SizeNode) => node.children,
    kindOf: (node: SizeNode) => node.kind,
  }
  const tiles = layoutTreemap(tree, shape, width, height)
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

function renderPlace({x, y, width, height}: Pick<Tile<SizeNode>, 'x' | 'y' | 'width' | 'height'>): string {
  return `x="${x}" y="${y}" width="${width}" height="${height}"`
}

/** Hatches the part of the tile that leaves, from the bottom. */
function renderHatching({node, x, y, width, height}: Tile<SizeNode>): string {
  if (node.leavingBytes === 0) return ''
  const part = Math.max(1, Math.round((height * node.leavingBytes) / node.transferBytes))
  return `<rect ${renderPlace({x, y: y + height - part, width, height: part})}/>`
}

function renderLabels(tile: Tile<SizeNode>, bytes: string, colourOf: (kind: string) => string): string {
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
