import {formatBytes, formatSeconds} from '../../languages/text/amounts.js'
import {type FigureValue, listFigures} from '../../measure/build/list-figures.js'
import type {
  MeasureChange,
  MeasuredBuild,
  MeasuredScenario,
  MeasureReport,
} from '../../report/measure/measure-report.js'
import {
  describeEnvironment,
  listWarnings,
  nameBuild,
  nameFigure,
  writeLimit,
  writeReason,
  writeTime,
  writeVerdict,
} from '../measure/describe-measure.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderHeader, renderPage} from './render-page.js'
import {renderTable} from './render-table.js'

export interface MeasureHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** The name of the project's directory. */
  project?: string
}

/** Renders measured builds as one HTML page. */
export function renderMeasureHtml(
  report: MeasureReport,
  {version, project = ''}: MeasureHtmlOptions,
): string {
  const title = `${report.against === null ? 'Baseline' : 'Results'} ${report.builds.map(nameBuild).join(', ')}`
  const date = report.date.slice(0, 10)
  const against =
    report.against === null
      ? ''
      : `, compared with ${report.against.file} of ${report.against.date.slice(0, 10)}`
  return renderPage({
    title,
    header: renderHeader(
      'Measured builds',
      project,
      report.context,
      escapeHtml(`${describeEnvironment(report.environment)}${against}`),
    ),
    sections: [renderWarnings(report), renderThresholds(report), ...report.builds.map(renderBuild)],
    footer: `<footer><p>${report.method.runs} run${report.method.runs === 1 ? '' : 's'} of each, in turn; the middle one counts. slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
  })
}

function renderWarnings(report: MeasureReport): string {
  const items = listWarnings(report).map((one) => `<li>${escapeHtml(one)}</li>`)
  return items.length === 0 ? '' : `<section><h2>Notes</h2><ul>${items.join('')}</ul></section>`
}

function renderThresholds({thresholds}: MeasureReport): string {
  if (thresholds.length === 0) return ''
  const rows = thresholds.map((one) => [
    one.ok ? 'PASS' : '<strong>FAIL</strong>',
    one.name,
    renderName(one.build),
    escapeHtml(nameFigure(one.figure)),
    escapeHtml(one.actual === null ? 'not known' : writeLimit(one, one.actual)),
    escapeHtml(writeLimit(one, one.limit)),
    escapeHtml(one.message ?? ''),
  ])
  const table = renderTable({heads: ['', 'limit', 'build', 'of', '>actual', '>limit', 'why'], rows})
  return `<section><h2>Limits</h2>${table}</section>`
}

function renderBuild(build: MeasuredBuild): string {
  const title = `<h2>${renderName(nameBuild(build))}</h2>`
  if (build.problem !== null) return `<section>${title}<p>${escapeHtml(build.problem)}</p></section>`
  const figures = build.changes.length === 0 ? renderValues(build) : renderChanges(build)
  return `<section>${title}${figures}${renderReasons(build)}${renderSmoke(build)}${renderLayers(build)}${build.scenarios.map(renderSteps).join('')}${renderCommands(build)}</section>`
}

function renderValues(build: MeasuredBuild): string {
  const rows = listFigures(build).map((figure) => [
    escapeHtml(nameFigure(figure.figure, build)),
    escapeHtml(writeValue(figure)),
  ])
  return renderTable({heads: ['figure', '>measured'], rows})
}

function writeValue({unit, value, runs, isEstimate}: FigureValue): string {
  if (unit === 'bytes') return `${isEstimate ? 'about ' : ''}${formatBytes(value)}`
  const seconds = runs.map((run) => run.seconds)
  return writeTime(value, runs.length, Math.max(...seconds) - Math.min(...seconds))
}

function renderChanges({changes}: MeasuredBuild): string {
  const rows = changes.map((change) =>
    [
      nameFigure(change.figure),
      writeSide(change, 'before'),
      writeSide(change, 'after'),
      writeVerdict(change),
    ].map(escapeHtml),
  )
  return renderTable({heads: ['figure', '>baseline', '>now', 'change'], rows})
}

function writeSide({unit, runs, ...change}: MeasureChange, side: 'before' | 'after'): string {
  if (unit === 'bytes') return formatBytes(change[side])
  return writeTime(change[side], runs?.[side] ?? 0, runs === null ? 0 : runs[`${side}Spread`])
}

function renderReasons({reasons}: MeasuredBuild): string {
  if (reasons.length === 0) return ''
  const items = reasons.map((reason) => `<li>${escapeHtml(writeReason(reason))}</li>`)
  return `<h3>What had the most effect</h3><ol>${items.join('')}</ol>`
}

function renderSmoke({smoke}: MeasuredBuild): string {
  if (smoke === null || smoke.checks.length === 0) return ''
  const rows = smoke.checks.map(({name, status, before, detail}) =>
    [status, before ?? '', name, detail].map(escapeHtml),
  )
  return `<h3>Smoke checks</h3>${renderTable({heads: ['in the image', 'before', 'check', ''], rows})}`
}

function renderLayers({image}: MeasuredBuild): string {
  const layers = (image?.layers ?? []).filter(({fileBytes}) => fileBytes > 0)
  if (layers.length === 0) return ''
  const rows = layers.map(({index, line, step, fileBytes, holds}) => [
    `${index + 1}`,
    line === null ? '' : `${line}`,
    formatBytes(fileBytes),
    step === null ? 'base image' : `<code>${escapeHtml(step)}</code>`,
    holds === null ? '' : escapeHtml(`${holds.title}: ${formatBytes(holds.bytes)}`),
  ])
  const table = renderTable({heads: ['>layer', '>line', '>files', 'made by', 'holds'], rows})
  return `<details><summary>Layers</summary>${table}</details>`
}

function renderSteps({title, runs}: MeasuredScenario): string {
  const rows = (runs.at(-1)?.steps ?? []).map(({line, cached, seconds, text}) => [
    line === null ? '' : `${line}`,
    cached ? 'cached' : formatSeconds(seconds),
    `<code>${escapeHtml(text)}</code>`,
  ])
  const table = renderTable({heads: ['>line', '>last run', 'step'], rows})
  return `<details><summary>Steps of ${escapeHtml(title)}</summary>${table}</details>`
}

function renderCommands({commands}: MeasuredBuild): string {
  if (commands.length === 0) return ''
  const items = commands.map((command) => `<li><code>${escapeHtml(command)}</code></li>`)
  return `<details><summary>Commands</summary><ul>${items.join('')}</ul></details>`
}
