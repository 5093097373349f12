import {formatBytes, formatFiles, formatShare} from '../../languages/text/amounts.js'
import type {SizeNode} from '../../report/size-node.js'
import {embedJson} from './embed-json.js'
import {escapeHtml} from './escape-html.js'
import {assignColours, type KindColours} from './kind-colours.js'
import {renderTreemap} from './render-treemap.js'
import {collectTreemapData} from './treemap-data.js'

const HALF = {width: 608, height: 430}
const WHOLE = {width: 1240, height: 460}

/** Renders a size tree as treemaps: what crosses now and, where something leaves, what will. */
export function renderPicture(tree: SizeNode): string {
  if (tree.transferBytes === 0) return ''
  const colours = assignColours(tree)
  const isTwofold = tree.leavingBytes > 0
  const figures = [renderFigure(tree, 'before', colours, isTwofold)]
  if (isTwofold) figures.push(renderFigure(tree, 'after', colours, isTwofold))
  return `<section aria-labelledby="picture">
<div class="title"><h2 id="picture">What crosses the wire</h2><nav aria-label="Place in the context"><ol class="crumbs" id="crumbs"></ol></nav></div>
<div class="maps${isTwofold ? '' : ' one'}">
${figures.join('\n')}
</div>
<p class="facts-line live-only" id="facts">Point at a tile for its path. Click to open it; with the keyboard, arrow keys move, Enter opens, Escape goes back.</p>
<p class="said" role="status" id="said"></p>
${renderLegend(colours, tree, isTwofold)}
<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse"><path d="M-1.75,1.75 l3.5,-3.5 M0,7 l7,-7 M5.25,8.75 l3.5,-3.5"/></pattern></defs></svg>
<script type="application/json" id="size-tree">${embedJson(collectTreemapData(tree, colours.colourOf))}</script>
</section>`
}

function renderFigure(
  tree: SizeNode,
  view: 'before' | 'after',
  {colourOf}: KindColours,
  isTwofold: boolean,
): string {
  const isAfter = view === 'after'
  const bytes = formatBytes(isAfter ? tree.transferBytes - tree.leavingBytes : tree.transferBytes)
  const files = formatFiles(isAfter ? tree.fileCount - tree.leavingFileCount : tree.fileCount)
  const title = isAfter ? 'After the suggestions' : isTwofold ? 'Now' : 'All of it'
  const label = `Treemap of the transfer, ${isAfter ? 'after the suggestions' : 'now'}: ${bytes}, ${files}`
  const scale = isAfter ? ', drawn to fill the frame' : ''
  const svg = renderTreemap(tree, {view, ...(isTwofold ? HALF : WHOLE), label, colourOf})
  return `<figure><figcaption>${title} <span>${escapeHtml(`${bytes}, ${files}${scale}`)}</span></figcaption>
${svg}
</figure>`
}

function renderLegend({groups}: KindColours, {transferBytes}: SizeNode, isTwofold: boolean): string {
  if (groups.length === 1 && !isTwofold) return ''
  const items = groups.map(
    (group) =>
      `<li><i class="${group.colour}"></i>${escapeHtml(group.title)} <span>${formatBytes(group.transferBytes)}, ${escapeHtml(formatShare(group.transferBytes, transferBytes))}</span></li>`,
  )
  if (isTwofold)
    items.push(
      '<li><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12"/></svg>hatched: would leave</li>',
    )
  return `<ul class="legend" aria-label="Colours">${items.join('')}</ul>`
}
