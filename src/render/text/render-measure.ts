import {formatSeconds} from '../../languages/text/amounts.js'
import {type FigureValue, listFigures} from '../../measure/build/list-figures.js'
import type {
  MeasureChange,
  MeasuredBuild,
  MeasuredLayer,
  MeasuredStep,
  MeasureReport,
} from '../../report/measure/measure-report.js'
import {
  describeEnvironment,
  listWarnings,
  nameBuild,
  nameFigure,
  nameFigureShortly,
  writeLimit,
  writeReason,
  writeTime,
  writeVerdict,
} from '../measure/describe-measure.js'
import {type Cell, fitsWidth, renderTable, shorten, wrapText} from '../terminal/table.js'
import {createPage, type Page, type TextOptions} from './page.js'

/** Renders measured builds as text, one block each. */
export function renderMeasureText(report: MeasureReport, options: TextOptions): string {
  const page = createPage(options)
  const {styles, show} = page
  const machine = show(describeEnvironment(report.environment))
  const lines = [
    `${styles.bold('Measured')} ${show(report.context)}${machine === '' ? '' : `   ${machine}`}`,
    '',
    ...report.builds.flatMap((build) => renderBuild(build, page)),
    ...renderThresholds(report, page),
    ...renderWarnings(report, page),
  ]
  return `${lines.join('\n')}\n`
}

function renderBuild(build: MeasuredBuild, page: Page): string[] {
  const {styles, show, width} = page
  const heading = styles.bold(show(nameBuild(build)))
  if (build.problem !== null)
    return [heading, ...wrapText(show(build.problem), width - 2).map((line) => `  ${styles.red(line)}`), '']
  return [
    heading,
    '',
    ...renderFigures(build, page),
    ...renderReasons(build, page),
    ...renderSmoke(build, page),
    ...renderSteps(build, page),
    ...renderLayers(build, page),
    '',
  ]
}

function renderFigures(build: MeasuredBuild, page: Page): string[] {
  if (build.changes.length > 0) return renderChanges(build, page)
  const rows = listFigures(build).map((figure): Cell[] => [
    {text: nameFigure(figure.figure, build)},
    {text: writeValue(figure, page)},
    {text: remarkOn(figure, build, page), style: page.styles.dim},
  ])
  return fitColumns(renderTable([{align: 'left'}, {align: 'right'}, {align: 'left'}], rows), rows, page)
}

function renderChanges({changes}: MeasuredBuild, page: Page): string[] {
  const {styles} = page
  const rows = changes.map((change): Cell[] => {
    const style = {less: styles.green, more: styles.red, same: styles.dim, 'not-comparable': styles.yellow}
    return [
      {text: nameFigure(change.figure)},
      {text: writeSide(change, 'before', page)},
      {text: writeSide(change, 'after', page)},
      {text: plain(writeVerdict(change), page), style: style[change.verdict]},
    ]
  })
  const titles: Cell[] = ['', 'baseline', 'now', 'change'].map((text) => ({text, style: styles.dim}))
  const columns = [{align: 'left'}, {align: 'right'}, {align: 'right'}, {align: 'left'}] as const
  const lines = renderTable(columns, [titles, ...rows])
  if (fitsWidth(lines, page.width)) return lines
  const short = rows.map((row, at): Cell[] => [
    {text: nameFigureShortly(changes[at]!.figure)},
    ...row.slice(1, 3),
    {...row[3]!, text: row[3]!.text.split(/[:,]/)[0]!},
  ])
  return renderTable(columns, [titles, ...short])
}

function writeSide({unit, runs, ...change}: MeasureChange, side: 'before' | 'after', page: Page): string {
  if (unit === 'bytes') return page.bytes(change[side])
  return plain(writeTime(change[side], runs?.[side] ?? 0, runs === null ? 0 : runs[`${side}Spread`]), page)
}

/** Without signs that a screen has no letters for. */
function plain(text: string, {hasUnicode}: Page): string {
  return hasUnicode ? text : text.replaceAll('−', '-').replaceAll('±', '+-').replaceAll('≈', 'about')
}

function renderReasons({reasons}: MeasuredBuild, page: Page): string[] {
  if (reasons.length === 0) return []
  const {styles, show, width} = page
  const lines = reasons.flatMap((reason, at) => {
    const [first = '', ...rest] = wrapText(show(plain(writeReason(reason), page)), width - 5)
    return [`  ${at + 1}. ${first}`, ...rest.map((line) => `     ${line}`)]
  })
  return ['', `  ${styles.bold('What had the most effect')}`, ...lines]
}

function renderSmoke({smoke}: MeasuredBuild, page: Page): string[] {
  if (smoke === null || smoke.checks.length === 0) return []
  const {styles, show} = page
  const passedCount = smoke.checks.filter(({status}) => status === 'passed').length
  const style = {passed: styles.green, failed: styles.red, skipped: styles.yellow}
  const rows = smoke.checks.map(({name, status, before, detail}): Cell[] => [
    {text: status, style: style[status]},
    {text: before === null || before === status ? '' : `before: ${before}`, style: styles.dim},
    {text: show(name)},
    {text: show(detail), style: styles.dim},
  ])
  const columns = [{align: 'left'}, {align: 'left'}, {align: 'left'}, {align: 'left'}] as const
  const lines = renderTable(columns, rows)
  const fitting = fitsWidth(lines, page.width)
    ? lines
    : smoke.checks.flatMap(({status, name, detail}) =>
        wrapText(`${status}  ${show(name)}${detail === '' ? '' : `: ${show(detail)}`}`, page.width - 2).map(
          (line, at) => (at === 0 ? `  ${line}` : `    ${line}`),
        ),
      )
  const title = `Smoke checks in the image: ${passedCount} of ${smoke.checks.length}`
  return ['', `  ${styles.bold(title)}`, ...fitting]
}

function renderThresholds({thresholds}: MeasureReport, page: Page): string[] {
  if (thresholds.length === 0) return []
  const {styles, show, width} = page
  const lines = thresholds.flatMap((one) => {
    const mark = one.ok ? styles.green('PASS') : styles.red('FAIL')
    const actual = one.actual === null ? 'not known' : writeLimit(one, one.actual)
    const head = `${one.name} ${writeLimit(one, one.limit)}  ${show(one.build)}, ${nameFigure(one.figure)}: ${actual}`
    const message =
      one.message === null ? [] : wrapText(show(one.message), width - 8).map((line) => `        ${line}`)
    const [first = '', ...rest] = wrapText(head, width - 8)
    return [`  ${mark}  ${first}`, ...rest.map((line) => `        ${line}`), ...message]
  })
  return [styles.bold('Limits'), ...lines]
}

/** On a narrow screen the remarks go. */
function fitColumns(lines: string[], rows: Cell[][], {width}: Page): string[] {
  if (fitsWidth(lines, width)) return lines
  return renderTable(
    [{align: 'left'}, {align: 'right'}],
    rows.map((row) => row.slice(0, 2)),
  )
}

function writeValue({unit, value, runs, isEstimate}: FigureValue, page: Page): string {
  if (unit === 'bytes') return `${isEstimate ? 'about ' : ''}${page.bytes(value)}`
  const seconds = runs.map((run) => run.seconds)
  return plain(writeTime(value, runs.length, Math.max(...seconds) - Math.min(...seconds)), page)
}

function remarkOn({figure}: FigureValue, {scenarios, transfer, deploy}: MeasuredBuild, page: Page): string {
  const scenario = scenarios.find(({name}) => name === figure)
  if (scenario !== undefined) {
    const {ranCount, stepCount, medianExportSeconds, changedPath} = scenario
    const path = changedPath === null ? '' : `, ${page.show(changedPath)}`
    return `${ranCount} of ${stepCount} steps ran, export ${formatSeconds(medianExportSeconds)}${path}`
  }
  if (figure === 'transfer' && transfer !== null) {
    const again = transfer.measuredRebuildBytes ?? transfer.predictedRebuildBytes
    return `${page.bytes(again)} when nothing has changed${transfer.agrees ? ', as predicted' : ''}`
  }
  if (figure === 'deploy' && deploy !== null)
    return `${page.bytes(deploy.containerdBytes)} on a host with the containerd store`
  return ''
}

const MAX_ROWS = 5

/** The slowest steps of the last cold build, else of the last scenario in which any ran. */
function renderSteps({scenarios}: MeasuredBuild, page: Page): string[] {
  const scenario = scenarios.find(({name}) => name === 'cold') ?? scenarios.find(({ranCount}) => ranCount > 0)
  const steps = (scenario?.runs.at(-1)?.steps ?? [])
    .filter(({cached, seconds}) => !cached && seconds >= 0.05)
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, MAX_ROWS)
  if (steps.length === 0) return []
  const rows = steps.map((step) => writeRow(formatSeconds(step.seconds), step.line, step.text, page))
  return ['', `  ${page.styles.bold(`Slowest steps of ${scenario!.title}`)}`, ...renderTable(COLUMNS, rows)]
}

const COLUMNS = [{align: 'right'}, {align: 'right'}, {align: 'left'}] as const

function writeRow(amount: string, line: MeasuredStep['line'], text: string, page: Page): Cell[] {
  const room = Math.max(20, page.width - 28)
  const where = line === null ? '' : `line ${line}`
  return [
    {text: amount},
    {text: where, style: page.styles.dim},
    {text: shorten(page.show(text), room, page.ellipsis)},
  ]
}

function renderLayers({image}: MeasuredBuild, page: Page): string[] {
  const layers = (image?.layers ?? [])
    .filter(({fileBytes}) => fileBytes > 0)
    .sort((one, other) => other.fileBytes - one.fileBytes)
    .slice(0, MAX_ROWS)
  if (layers.length === 0) return []
  const rows = layers.map((layer) =>
    writeRow(page.bytes(layer.fileBytes), layer.line, describeLayer(layer, page), page),
  )
  return ['', `  ${page.styles.bold('Largest layers')}`, ...renderTable(COLUMNS, rows)]
}

function describeLayer({index, step, holds}: MeasuredLayer, page: Page): string {
  const inside = holds === null ? '' : `   ${holds.title}: ${page.bytes(holds.bytes)}`
  return `layer ${index + 1}  ${step ?? 'from the base image'}${inside}`
}

function renderWarnings(report: MeasureReport, page: Page): string[] {
  const {styles, show, width} = page
  return listWarnings(report).flatMap((warning) => {
    const [first = '', ...rest] = wrapText(show(warning), width - 9)
    return [`${styles.yellow('warning')}  ${first}`, ...rest.map((line) => `         ${line}`)]
  })
}
