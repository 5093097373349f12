import {formatBytes, formatFiles, formatShare} from '../../languages/text/amounts.js'
import type {HiddenPathKind, ImageAnalysis, ImageReport} from '../../report/image-report.js'
import type {SizeNode} from '../../report/size-node.js'
import {describeBase, listLayerRows} from '../image/layer-rows.js'
import {listImageReasons, nameDeploy, writeImageDeploy} from '../image/write-comparison.js'
import {describeInstruction, describePull, explainEngine, nameImage} from '../image/write-image.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderPage} from './render-page.js'
import {renderPicture} from './render-picture.js'
import {renderFindings} from './render-problems.js'
import {renderTable} from './render-table.js'

export interface ImageHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** When the report was made, as shown. */
  date: string
}

const WORDS = {
  title: 'What the layers contain',
  place: 'Place in the image',
  before: 'Shipped',
  after: 'In the final image',
  leaving: 'hidden by a later layer',
}
const MAX_ROWS = 100
const MAX_REASONS = 20

const HIDDEN_WORDS: Readonly<Record<HiddenPathKind, string>> = {
  removed: 'removed',
  overwritten: 'written over',
  metadataOnly: 'duplicate content',
}

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
    at === 0 ? renderPicture(trees[at]!, {words: WORDS}) : '',
    renderFindings(image.findings),
    renderLayers(image),
    renderHidden(image),
  ])
  const title = `Image ${first === undefined ? analysis.source : nameImage(first)}`
  return renderPage({
    title,
    header: `<header class="top"><h1>Image ${renderName(first === undefined ? analysis.source : nameImage(first))}</h1><p>${escapeHtml(first?.platform ?? '')}</p></header>`,
    sections,
    footer: `<footer><p>Sizes are bytes of files; MB is 10\u2076 bytes.${analysis.isVerified ? '' : ' Digests were not checked.'} slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
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
  const lines = writeImageDeploy(image, formatBytes)
  const reasons = listImageReasons(image, formatBytes, MAX_REASONS)
  if (lines.length + reasons.length === 0) return ''
  const rows = reasons.map(({layers, text}) => [layers, escapeHtml(text)])
  const table = rows.length === 0 ? '' : renderTable({heads: ['>layer', 'why it is pulled again'], rows})
  return `<section><h2>${escapeHtml(nameDeploy(image))}</h2>${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}${table}</section>`
}

function renderLayers(image: ImageReport): string {
  const rows = listLayerRows(image).map(
    ({numbers, fileBytes, pullBytes, pullIsEstimate, hiddenBytes, layer}) => [
      numbers,
      formatBytes(fileBytes),
      `${pullIsEstimate ? '\u2248 ' : ''}${formatBytes(pullBytes)}`,
      hiddenBytes === 0 ? '' : formatBytes(hiddenBytes),
      layer === null
        ? `<span class="muted">${escapeHtml(describeBase(image))}</span>`
        : renderName(cut(describeInstruction(layer))),
    ],
  )
  return renderSection('Layers', ['>layer', '>unpacked', '>pull', '>hidden', 'instruction'], rows)
}

function renderHidden({hiddenPaths}: ImageReport): string {
  if (hiddenPaths.length === 0) return ''
  const sorted = hiddenPaths.toSorted((one, other) => other.bytes - one.bytes).slice(0, MAX_ROWS)
  const rows = sorted.map(({path, bytes, layer, hiddenByLayer, kind}) => [
    formatBytes(bytes),
    renderName(`/${path}`),
    `${layer + 1}`,
    `${hiddenByLayer + 1}, ${HIDDEN_WORDS[kind]}`,
  ])
  return renderSection('Hidden files', ['>bytes', 'path', '>layer', 'hidden by'], rows)
}

function renderSection(title: string, heads: readonly string[], rows: readonly string[][]): string {
  return `<section><h2>${title}</h2>${renderTable({heads, rows})}</section>`
}

const MAX_TEXT = 300

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}\u2026` : text
}
