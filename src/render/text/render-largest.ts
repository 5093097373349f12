import {formatFiles, formatShare} from '../../languages/text/amounts.js'
import type {ContextReport, LargestPath} from '../../report/context-report.js'
import {splitLargest} from '../split-largest.js'
import {renderBar} from '../terminal/bars.js'
import {measureWidth} from '../terminal/measure-width.js'
import {type Cell, type Column, measureColumns, renderTable, wrapText} from '../terminal/table.js'
import type {Page} from './page.js'
import {shortenPath} from './shorten-path.js'

/** The columns beside bytes, share and name. The first choice that leaves enough room for the names is taken. */
const LAYOUTS = [
  {barWidth: 20, hasFiles: true},
  {barWidth: 10, hasFiles: true},
  {barWidth: 10, hasFiles: false},
  {barWidth: 0, hasFiles: false},
]

/** Longer names are shortened before bars and file counts are left out. */
const ENOUGH_NAME_WIDTH = 28
const MIN_NAME_WIDTH = 16

type Layout = (typeof LAYOUTS)[number]
type Item = Pick<LargestPath, 'path' | 'title' | 'fileCount' | 'transferBytes'>

/** The paths that explain the bytes, largest first, with their share. */
export function renderLargest(report: ContextReport, page: Page): string[] {
  const {largest, before, plans} = report
  if (largest.length === 0) return []
  const {shown, rest, wholeBytes} = splitLargest(report, page.top)
  const items = rest === null ? shown : [...shown, {...rest, path: rest.label, title: ''}]
  return [
    page.styles.bold('Largest included paths'),
    ...describeShared(plans.length > 1 ? before.transferBytes - wholeBytes : 0, wholeBytes, page),
    ...layOutPaths(items, wholeBytes, page),
  ]
}

/** Builds that share paths transfer them more than once, so the shares are not of the sum in the summary. */
function describeShared(sharedBytes: number, whole: number, {styles, bytes, width}: Page): string[] {
  if (sharedBytes <= 0) return []
  const text = `of ${bytes(whole)}: what several builds transfer is counted once`
  return wrapText(text, width - 2).map((line) => `  ${styles.dim(line)}`)
}

function layOutPaths(items: readonly Item[], whole: number, page: Page): string[] {
  const longest = Math.max(...items.map(({path}) => measureWidth(page.show(path))))
  const titleWidth = Math.max(...items.map(({title}) => measureWidth(title)))
  const besides = titleWidth > 0 ? titleWidth + 2 : 0
  let figures: Cell[][] = []
  let room = 0
  for (const layout of LAYOUTS) {
    figures = items.map((item) => listFigures(item, whole, layout, page))
    const used = 2 + measureColumns(figures).reduce((sum, width) => sum + width + 2, 0)
    room = page.width - used
    if (room - besides >= Math.min(longest, ENOUGH_NAME_WIDTH)) break
  }
  const hasTitles = room - besides >= Math.min(longest, MIN_NAME_WIDTH)
  const nameWidth = Math.max(MIN_NAME_WIDTH, hasTitles ? room - besides : room)
  const rows = items.map((item, at): Cell[] => [
    ...figures[at]!,
    {text: shortenPath(page.show(item.path), nameWidth, page.ellipsis)},
    {text: hasTitles ? item.title : '', style: page.styles.dim},
  ])
  const lines = renderTable(listColumns(figures[0]!.length), rows)
  if (hasTitles) return lines
  const indent = ' '.repeat(Math.max(2, Math.min(page.width - room, page.width - titleWidth)))
  return lines.flatMap((line, at) => {
    const {title} = items[at]!
    return title === '' ? [line] : [line, indent + page.styles.dim(title)]
  })
}

function listFigures(
  {transferBytes, fileCount}: Item,
  whole: number,
  {barWidth, hasFiles}: Layout,
  page: Page,
): Cell[] {
  const bar = renderBar(transferBytes, whole, barWidth, page.hasUnicode)
  return [
    ...(barWidth > 0 ? [{text: bar.padEnd(barWidth), style: page.styles.cyan}] : []),
    {text: page.bytes(transferBytes)},
    {text: formatShare(transferBytes, whole)},
    ...(hasFiles ? [{text: formatFiles(fileCount), style: page.styles.dim}] : []),
  ]
}

/** All figures are aligned to the right; a bar fills its column anyway. */
function listColumns(count: number): Column[] {
  return Array.from({length: count}, () => ({align: 'right'}))
}
