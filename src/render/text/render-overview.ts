import {formatThings} from '../../languages/text/amounts.js'
import type {OverviewAction, OverviewPart, OverviewReport} from '../../report/project/overview-report.js'
import {
  ACTION_MARKS,
  describeSaving,
  explainNoActions,
  groupByCommand,
  PART_TITLES,
  writeCommand,
} from '../compose/overview-words.js'
import {wrapText} from '../terminal/table.js'
import {renderLegend} from './marks.js'
import {createPage, type Page, type TextOptions} from './page.js'

export interface OverviewTextOptions extends TextOptions {
  /** How the user calls the program. */
  spelling: string
}

const LABEL_WIDTH = 12
const MAX_WIDTH = 110

/** Renders the overview: each of the five answers in a line or two, then what to do. Ends in a newline. */
export function renderOverviewText(report: OverviewReport, options: OverviewTextOptions): string {
  const page = createPage(options)
  const sections = [
    renderHeading(report, page),
    report.parts.flatMap((part) => renderPart(part, options.spelling, page)),
    renderActions(report, options.spelling, page),
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function renderHeading({context, builds}: OverviewReport, page: Page): string[] {
  const sum = builds.length > 1 ? `   ${formatThings(builds.length, 'build')}` : ''
  return [`${page.styles.bold(`Overview ${page.show(context)}`)}${sum}`]
}

/** Lines behind a label, those that follow below the first one. */
function hang(label: string, text: string, page: Page): string[] {
  const width = Math.min(page.width, MAX_WIDTH) - LABEL_WIDTH - 2
  return wrapText(page.show(text), Math.max(width, 20)).map(
    (line, at) => `  ${(at === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`,
  )
}

function renderPart(
  {part, status, text, gain, command}: OverviewPart,
  spelling: string,
  page: Page,
): string[] {
  const {dim, green, red} = page.styles
  const lines = hang(PART_TITLES[part], text, page)
  const style = status === 'failed' ? red : status === 'absent' ? dim : (line: string) => line
  const gains = gain === null ? [] : hang('', `${page.arrow} ${gain}`, page).map((line) => green(line))
  const next =
    status === 'known' ? hang('', writeCommand(spelling, command), page).map((line) => dim(line)) : []
  return [...lines.map((line) => style(line)), ...gains, ...next]
}

function renderActions(report: OverviewReport, spelling: string, page: Page): string[] {
  const {actions} = report
  const {bold} = page.styles
  if (actions.length === 0) return wrapText(explainNoActions(report), Math.min(page.width, MAX_WIDTH))
  return [
    bold('What to do first'),
    ...groupByCommand(actions).flatMap(([first, ...others]) => [
      ...[first, ...others].flatMap((action) => renderAction(action, page)),
      ...renderCommand(first, spelling, page),
    ]),
    ...renderLegend(
      actions.map(({kind}) => kind),
      {...page, width: Math.min(page.width, MAX_WIDTH)},
    ),
  ]
}

function renderAction(action: OverviewAction, page: Page): string[] {
  const {kind, title} = action
  const {green, red, yellow} = page.styles
  const style = {error: red, safe: green, review: yellow}[kind]
  const saving = describeSaving(action, page.bytes)
  const text = saving === '' ? title : `${title}; ${saving}`
  const [first = '', ...others] = wrapText(page.show(text), widthOf(page))
  return [`  ${style(ACTION_MARKS[kind])} ${first}`, ...others.map((line) => `    ${line}`)]
}

function renderCommand({command}: OverviewAction, spelling: string, page: Page): string[] {
  const lines = wrapText(page.show(writeCommand(spelling, command)), widthOf(page))
  return lines.map((line) => page.styles.dim(`    ${line}`))
}

/** Behind the mark. */
function widthOf({width}: Page): number {
  return Math.min(width, MAX_WIDTH) - 4
}
