import {formatFiles, formatShare, formatThings} from '../../languages/text/amounts.js'
import type {ImageAnalysis, ImageLayerReport, ImageReport} from '../../report/image-report.js'
import {describeBase, type LayerRow, listLayerRows} from '../image/layer-rows.js'
import {nameDeploy, writeImageDeploy, writeImageReasons} from '../image/write-comparison.js'
import {describeInstruction, describePull, explainEngine, nameImage} from '../image/write-image.js'
import {type Cell, renderTable, shorten, wrapText} from '../terminal/table.js'
import {createPage, type Page, type TextOptions} from './page.js'
import {renderFindings} from './render-findings.js'

export interface ImageTextOptions extends TextOptions {
  /** Shows duplicates, which are many. */
  duplicates: boolean
  /** Trees that were asked for, each with its heading. */
  trees: readonly {title: string; text: string}[]
}

/** Renders an analysis of images for a terminal or a pipe. Ends in a newline. */
export function renderImageText(analysis: ImageAnalysis, options: ImageTextOptions): string {
  const page = createPage(options)
  const sections = [
    ...analysis.images.flatMap((image) => renderImage(image, options, page)),
    ...options.trees.map(({title, text}) => [page.styles.bold(page.show(title)), text.trimEnd()]),
    renderNotes(analysis, page),
  ]
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${shown.join('\n\n')}\n`
}

function renderImage(image: ImageReport, options: ImageTextOptions, page: Page): string[][] {
  return [
    renderHeading(image, page),
    renderLayers(image, page),
    renderHidden(image, page),
    renderContents(image, page),
    renderDeploy(image, page),
    options.duplicates ? renderDuplicates(image, page) : [],
    renderBudgets(image, page),
    renderFindings({findings: image.findings, plans: []}, page),
  ]
}

function renderHeading(image: ImageReport, page: Page): string[] {
  const {bold, dim} = page.styles
  const {unpackedBytes, fileBytes, fileCount, hiddenBytes, compare} = image
  const before = (bytes: number | undefined) => (bytes === undefined ? '' : `was ${page.bytes(bytes)}`)
  const share = hiddenBytes === 0 ? '' : formatShare(hiddenBytes, unpackedBytes)
  const rows: Cell[][] = [
    [
      {text: 'pull'},
      {text: describePull(image, page.bytes, page.hasUnicode), style: bold},
      {text: before(compare?.pullBytes), style: dim},
    ],
    [
      {text: 'unpacked'},
      {text: page.bytes(unpackedBytes)},
      {text: before(compare?.unpackedBytes), style: dim},
    ],
    [
      {text: 'files'},
      {text: page.bytes(fileBytes)},
      {text: before(compare?.fileBytes) || formatFiles(fileCount), style: dim},
    ],
    [
      {text: 'hidden'},
      {text: page.bytes(hiddenBytes)},
      {text: before(compare?.hiddenBytes) || share, style: dim},
    ],
  ]
  const title = `${bold(page.show(nameImage(image)))}  ${dim(page.show(image.platform ?? ''))}`
  const engine = explainEngine(image, page.bytes)
  const note =
    engine === '' ? [] : wrapText(page.show(engine), page.width - 2).map((line) => `  ${dim(line)}`)
  return [title, ...renderTable([{align: 'left'}, {align: 'right'}, {align: 'left'}], rows), ...note]
}

/** Titles, and the places of steps, want a screen as wide as that. */
const MIN_WIDTH_FOR_TITLES = 90

const LAYER_COLUMNS = [
  {align: 'right'},
  {align: 'right'},
  {align: 'right'},
  {align: 'right'},
  {align: 'left'},
] as const

function renderLayers(image: ImageReport, page: Page): string[] {
  if (image.layers.length === 0) return ['  It has no layers.']
  const {dim, bold} = page.styles
  const head = ['layer', 'unpacked', 'pull', 'hidden', 'instruction'].map(
    (text): Cell => ({text, style: dim}),
  )
  const rows = [head, ...listLayerRows(image).map((row) => layerCells(image, row, page))]
  return [bold('Layers'), ...renderTable(LAYER_COLUMNS, rows)]
}

function layerCells(image: ImageReport, row: LayerRow, page: Page): Cell[] {
  const {numbers, fileBytes, pullBytes, pullIsEstimate, hiddenBytes, layer} = row
  const about = pullIsEstimate ? (page.hasUnicode ? '≈ ' : '~ ') : ''
  const text = layer === null ? describeBase(image, page.show) : describeStep(layer, page)
  return [
    {text: numbers},
    {text: page.bytes(fileBytes)},
    {text: about + page.bytes(pullBytes)},
    {text: hiddenBytes === 0 ? '' : page.bytes(hiddenBytes), style: page.styles.yellow},
    {text: shortenTo(page.show(text), page, 44), ...(layer === null && {style: page.styles.dim})},
  ]
}

/** On a narrow screen the step itself, with its line. */
function describeStep(layer: ImageLayerReport, page: Page): string {
  if (page.width >= MIN_WIDTH_FOR_TITLES) return describeInstruction(layer) + describeContext(layer)
  const text = describeInstruction({...layer, file: null})
  return layer.line === null ? text : `${layer.line}: ${text}`
}

function describeContext({contextFiles}: ImageLayerReport): string {
  if (contextFiles === null || contextFiles.fileCount === 0) return ''
  return `  (${formatFiles(contextFiles.fileCount)} of the context)`
}

function shortenTo(text: string, {width, ellipsis}: Page, taken: number): string {
  return Number.isFinite(width)
    ? shorten(text, Math.max(20, width - taken), ellipsis)
    : shorten(text, 200, ellipsis)
}

function renderHidden({hiddenPaths, hiddenBytes}: ImageReport, page: Page): string[] {
  if (hiddenPaths.length === 0) return []
  const sorted = hiddenPaths.toSorted((one, other) => other.bytes - one.bytes)
  const rows = sorted
    .slice(0, page.top)
    .map(({path, bytes, layer, hiddenByLayer, kind}): Cell[] => [
      {text: page.bytes(bytes)},
      {text: shortenTo(page.show(`/${path}`), page, 60)},
      {text: `layer ${layer + 1}, ${KIND_WORDS[kind]} ${hiddenByLayer + 1}`, style: page.styles.dim},
    ])
  const more = hiddenPaths.length - rows.length
  return [
    page.styles.bold(`Hidden: ${page.bytes(hiddenBytes)} that every host pulls, but that no container has`),
    ...renderTable([{align: 'right'}, {align: 'left'}, {align: 'left'}], rows),
    ...(more > 0 ? [`  and ${formatThings(more, 'file')} more: --format json shows all`] : []),
  ]
}

const KIND_WORDS = {
  removed: 'removed by',
  overwritten: 'overwritten by',
  metadataOnly: 'stored again by',
}

function renderContents({contents}: ImageReport, page: Page): string[] {
  if (contents.length === 0) return []
  // On a narrow screen the path has to say what it is.
  const isNarrow = page.width < MIN_WIDTH_FOR_TITLES
  const rows = contents
    .slice(0, page.top)
    .map(({title, path, layer, bytes, shownBytes}): Cell[] => [
      {text: page.bytes(bytes)},
      ...(isNarrow ? [] : [{text: title}]),
      {text: shortenTo(page.show(`/${path}`), page, isNarrow ? 32 : 66)},
      {text: `layer ${layer + 1}${shownBytes === 0 ? ', hidden' : ''}`, style: page.styles.dim},
    ])
  const columns = [{align: 'right'}, ...rows[0]!.slice(1).map(() => ({align: 'left'}) as const)] as const
  return [page.styles.bold('What the layers contain'), ...renderTable(columns, rows)]
}

function renderDeploy(image: ImageReport, page: Page): string[] {
  const lines = [...writeImageDeploy(image, page.bytes), ...writeImageReasons(image, page.bytes, page.top)]
  if (lines.length === 0) return []
  return [
    page.styles.bold(page.show(nameDeploy(image))),
    ...lines.flatMap((line) => wrapText(page.show(line), page.width - 2).map((part) => `  ${part}`)),
  ]
}

function renderDuplicates({duplicates}: ImageReport, page: Page): string[] {
  if (duplicates === null || duplicates.length === 0) return ['No duplicates.']
  const rows = duplicates
    .slice(0, page.top)
    .map(({bytes, paths}): Cell[] => [
      {text: page.bytes(bytes * (paths.length - 1))},
      {text: `${paths.length} times`},
      {text: shortenTo(page.show(paths.map((path) => `/${path}`).join('  ')), page, 30)},
    ])
  const columns = [{align: 'right'}, {align: 'right'}, {align: 'left'}] as const
  return [page.styles.bold('Duplicates'), ...renderTable(columns, rows)]
}

function renderBudgets({budgets}: ImageReport, page: Page): string[] {
  if (budgets.length === 0) return []
  const rows = budgets.map(({name, limit, actual, ok}): Cell[] => [
    {text: ok ? 'PASS' : 'FAIL', style: ok ? page.styles.green : page.styles.red},
    {text: name},
    {text: `${page.bytes(actual)} of ${page.bytes(limit)}`},
  ])
  return [
    page.styles.bold('Budgets'),
    ...renderTable([{align: 'left'}, {align: 'left'}, {align: 'left'}], rows),
  ]
}

function renderNotes({absentPlatforms, isVerified}: ImageAnalysis, page: Page): string[] {
  return [
    ...(absentPlatforms.length === 0
      ? []
      : [`The archive lists these platforms without their data: ${page.show(absentPlatforms.join(', '))}.`]),
    ...(isVerified ? [] : ['Digests were not checked (--no-verify): only headers were read.']),
  ]
}
