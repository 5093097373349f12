import {formatBytes, formatFiles, formatShare} from '../../languages/text/amounts.js'
import type {ImageAnalysis, ImageReport} from '../../report/image-report.js'
import type {SizeNode} from '../../report/size-node.js'
import {writeImageDeploy, writeImageReasons} from '../image/write-comparison.js'
import {describeInstruction, describePull, explainEngine, nameImage} from '../image/write-image.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderPage} from './render-page.js'
import {renderPicture} from './render-picture.js'
import {renderFindings} from './render-problems.js'

export interface ImageHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** When the report was made, as shown. */
  date: string
}

const WORDS = {
  title: 'What the layers hold',
  place: 'Place in the image',
  before: 'Shipped',
  after: 'Shown in the end',
  leaving: 'hidden by a later layer',
}
const MAX_ROWS = 100

/**
 * Renders an analysis of images as one HTML page.
 * @param trees of each image: its layers, and what lies in them; what leaves is hidden
 */
export function renderImageHtml(
  analysis: ImageAnalysis,
  trees: readonly SizeNode[],
  {version, date}: ImageHtmlOptions,
): string {
  const [first] = analysis.images
  const sections = analysis.images.flatMap((image, at) => [
    renderFigures(image),
    renderDeploy(image),
    // The page's script knows one picture.
    at === 0 ? renderPicture(trees[at]!, WORDS) : '',
    renderFindings(image.findings),
    renderLayers(image),
    renderHidden(image),
  ])
  const title = `Image ${first === undefined ? analysis.source : nameImage(first)}`
  return renderPage({
    title,
    header: `<header class="top"><h1>Image ${renderName(first === undefined ? analysis.source : nameImage(first))}</h1><p>${escapeHtml(first?.platform ?? '')}</p></header>`,
    sections,
    footer: `<footer><p>Sizes are bytes of files; MB is 10\u2076 bytes.${analysis.isVerified ? '' : ' Digests were not compared.'} slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
  })
}

function renderFigures(image: ImageReport): string {
  const {unpackedBytes, fileBytes, fileCount, hiddenBytes} = image
  const share = hiddenBytes === 0 ? '' : ` (${formatShare(hiddenBytes, unpackedBytes)})`
  const engine = explainEngine(image, formatBytes)
  return `<section class="first"><p class="figures"><span class="size">${escapeHtml(describePull(image, formatBytes))}</span> <span class="muted">to pull ${escapeHtml(nameImage(image))} for ${escapeHtml(image.platform ?? 'an unknown platform')}</span></p>
<p>${escapeHtml(`${formatBytes(unpackedBytes)} unpacked, ${formatBytes(fileBytes)} in ${formatFiles(fileCount)} in the end, ${formatBytes(hiddenBytes)} hidden${share}.`)} ${escapeHtml(engine)}</p></section>`
}

function renderDeploy(image: ImageReport): string {
  const lines = [...writeImageDeploy(image, formatBytes), ...writeImageReasons(image, formatBytes, 20)]
  if (lines.length === 0) return ''
  return `<section><h2>A deploy</h2><ul class="list">${lines.map((line) => `<li><div>${escapeHtml(line)}</div></li>`).join('')}</ul></section>`
}

function renderLayers({layers}: ImageReport): string {
  const rows = layers.map((layer) => [
    number(`${layer.index + 1}`),
    number(formatBytes(layer.fileBytes)),
    number(`${layer.pullIsEstimate ? '\u2248 ' : ''}${formatBytes(layer.pullBytes)}`),
    number(layer.hiddenBytes === 0 ? '' : formatBytes(layer.hiddenBytes)),
    `<td>${renderName(cut(describeInstruction(layer)))}</td>`,
  ])
  return renderTable('Layers', ['layer', 'unpacked', 'pull', 'hidden', 'instruction'], rows)
}

function renderHidden({hiddenPaths}: ImageReport): string {
  if (hiddenPaths.length === 0) return ''
  const sorted = hiddenPaths.toSorted((one, other) => other.bytes - one.bytes).slice(0, MAX_ROWS)
  const rows = sorted.map(({path, bytes, layer, hiddenByLayer, kind}) => [
    number(formatBytes(bytes)),
    `<td>${renderName(`/${path}`)}</td>`,
    number(`${layer + 1}`),
    `<td>${hiddenByLayer + 1}, ${kind}</td>`,
  ])
  return renderTable('Hidden files', ['bytes', 'path', 'layer', 'hidden by'], rows)
}

function renderTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isNumber = (at: number) => rows[0]?.[at]?.includes('class="number"') === true
  const titles = head
    .map((text, at) => `<th scope="col"${isNumber(at) ? ' class="number"' : ''}>${text}</th>`)
    .join('')
  const body = rows.map((cells) => `<tr>${cells.join('')}</tr>`).join('\n')
  return `<section><h2>${title}</h2><table><thead><tr>${titles}</tr></thead><tbody>${body}</tbody></table></section>`
}

function number(text: string): string {
  return `<td class="number">${text}</td>`
}

const MAX_TEXT = 300

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}\u2026` : text
}
