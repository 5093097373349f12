import type {ComposeReport, ComposeRewrite} from '../../report/project/compose-report.js'
import {
  describeService,
  explainServices,
  SERVICE_COLUMNS,
  type ServiceRow,
  sumRepeats,
  sumUpServices,
} from '../compose/describe-service.js'
import {measureWidth} from '../terminal/measure-width.js'
import {type Cell, type Column, measureColumns, renderTable, shorten, wrapText} from '../terminal/table.js'
import {MARKS, renderLegend} from './marks.js'
import {createPage, type Page, type TextOptions} from './page.js'
import {renderFindings} from './render-findings.js'

/** Fewer columns than these say nothing of a command. */
const LEAST_COMMAND = 16
const MAX_COMMAND = 60
const MAX_WIDTH = 110

/** Renders the report about a Compose project for a terminal or a pipe. Ends in a newline. */
export function renderComposeText(report: ComposeReport, options: TextOptions): string {
  const page = createPage(options)
  const sections = [
    renderHeading(report, page),
    renderServices(report, page),
    renderRepeats(report, page),
    renderFindings({findings: report.findings, plans: []}, page),
    renderRewrites(report, page),
    renderHint(report, page),
  ]
  const shown = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${shown.join('\n\n')}\n`
}

function renderHeading(report: ComposeReport, page: Page): string[] {
  const {files, development, inactive} = report
  const {bold, dim} = page.styles
  const notes = [
    ...(development === null ? [] : [`treated as a project for development: ${development}`]),
    ...(inactive.length === 0 ? [] : [`not started without their profile: ${inactive.join(', ')}`]),
  ]
  const names = `Compose ${page.show(files.join(', '))}`
  const sum = sumUpServices(report)
  const fits = measureWidth(names) + 3 + measureWidth(sum) <= page.width
  return [
    ...(fits ? [`${bold(names)}   ${sum}`] : [bold(names), ...wrap(sum, 2, page)]),
    ...notes.flatMap((note) => wrap(note, 2, page).map((line) => dim(line))),
  ]
}

function wrap(text: string, indent: number, page: Page): string[] {
  const width = Math.min(page.width, MAX_WIDTH) - indent
  return wrapText(page.show(text), width).map((line) => ' '.repeat(indent) + line)
}

const COLUMNS: readonly Column[] = SERVICE_COLUMNS.map((name) => ({
  align: name === 'size' ? 'right' : 'left',
}))

function renderServices({services}: ComposeReport, page: Page): string[] {
  const rows = services.map((service) => describeService(service, page.bytes))
  const texts = rows.map((row) => cellsOf(row).map((text) => page.show(text)))
  const kept = COLUMNS.map((_, at) => at).filter((at) => texts.some((row) => row[at] !== ''))
  const head = SERVICE_COLUMNS.map((text): Cell => ({text, style: page.styles.dim}))
  const fixed = measureColumns([head, ...texts.map((row) => row.map((text) => ({text})))])
  const others = kept.slice(0, -1).reduce((sum, at) => sum + fixed[at]! + 2, 2)
  const room = Math.min(page.width - others, MAX_COMMAND)
  const legend = explainServices(rows)
  const notes = legend === '' ? [] : ['', ...wrap(legend, 2, page).map((line) => page.styles.dim(line))]
  if (room < LEAST_COMMAND) return [...texts.flatMap((row) => renderNarrow(row, page)), ...notes]
  const cells = texts.map((row) =>
    kept.map((at): Cell => {
      const text = row[at]!
      return {text: at === COLUMNS.length - 1 ? cutEnd(text, room, page) : text, ...styleOf(at, text, page)}
    }),
  )
  const table = renderTable(
    kept.map((at) => COLUMNS[at]!),
    [kept.map((at) => head[at]!), ...cells],
  )
  return [...table, ...notes]
}

function cellsOf(row: ServiceRow): string[] {
  return [row.name, row.image, row.size, row.build, row.limits, row.health, row.stop, row.command]
}

/** The beginning of a command says most. */
function cutEnd(text: string, width: number, page: Page): string {
  if (measureWidth(text) <= width) return text
  let cut = text
  while (measureWidth(cut) > width - 1) cut = cut.slice(0, -1)
  return `${cut.trimEnd()}${page.ellipsis}`
}

function styleOf(at: number, text: string, {styles}: Page): Pick<Cell, 'style'> {
  if (at === 0) return {style: styles.bold}
  if (SERVICE_COLUMNS[at] === 'stop' && text.startsWith('shell')) return {style: styles.yellow}
  return text.startsWith('as ') || text === 'pulled' ? {style: styles.dim} : {}
}

/** Two lines for a service where the table does not fit. */
function renderNarrow(row: readonly string[], page: Page): string[] {
  const [name = '', image = '', size = '', build = '', limits = '', health = '', stop = '', command = ''] =
    row
  const facts = [
    ...(size === '' ? [] : [size]),
    build,
    `limits ${limits}`,
    `health ${health}`,
    `stop ${stop}`,
  ]
  const {bold, dim} = page.styles
  return [
    `  ${bold(name)}  ${shorten(image, Math.max(page.width - measureWidth(name) - 4, 10), page.ellipsis)}`,
    ...wrapText(facts.join(', '), page.width - 4).map((line) => `    ${line}`),
    `    ${dim(cutEnd(command, Math.max(page.width - 4, 10), page))}`,
  ]
}

function renderRepeats(report: ComposeReport, page: Page): string[] {
  const repeats = sumRepeats(report)
  if (repeats === null || repeats.bytes === null) return []
  const {count, bytes} = repeats
  const verb = count === 1 ? 'build repeats another: it exports' : 'builds repeat others: they export'
  return [`  ${count} ${verb} ${page.bytes(bytes)} again`]
}

function renderRewrites({rewrites}: ComposeReport, page: Page): string[] {
  if (rewrites.length === 0) return []
  const lines = rewrites.flatMap((rewrite) => renderRewrite(rewrite, page))
  const legend = renderLegend(
    rewrites.map(({confidence}) => confidence),
    page,
  )
  return [page.styles.bold('Changes'), ...lines, ...legend]
}

function renderRewrite(rewrite: ComposeRewrite, page: Page): string[] {
  const {confidence, file, line, title, proof, questions = []} = rewrite
  const {green, yellow, dim} = page.styles
  const mark = (confidence === 'safe' ? green : yellow)(MARKS[confidence])
  const [first = '', ...others] = wrapText(page.show(title), Math.min(page.width, MAX_WIDTH) - 4)
  return [
    `  ${mark} ${first}`,
    ...others.map((part) => `    ${part}`),
    `    ${dim(page.show(`${file}:${line}`))}`,
    ...proof.flatMap(({claim, evidence}) => wrap(`${claim}: ${evidence}`, 6, page)),
    ...questions.flatMap((question) => wrap(`open: ${question}`, 6, page)),
  ]
}

function renderHint({rewrites}: ComposeReport, page: Page): string[] {
  if (rewrites.length === 0) return []
  const isSafe = rewrites.some(({confidence}) => confidence === 'safe')
  const isOpen = rewrites.some(({confidence}) => confidence === 'review')
  const text = isSafe
    ? `Run again with --write to make the + changes, --diff to see them${isOpen ? '; add --all for the ? ones' : ''}`
    : 'Run again with --all --diff to see the ? changes, --all --write to make them'
  return wrap(text, 0, page).map((line) => page.styles.dim(line))
}
