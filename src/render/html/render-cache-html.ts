import {formatBytes} from '../../languages/text/amounts.js'
import type {CacheBuildReport, CacheHistory, CacheReport, CacheScenario} from '../../report/cache-report.js'
import {listAfter, nameRewrites} from '../cache/explain-after.js'
import {
  describeBuilder,
  explainCauses,
  listCosts,
  NO_SCENARIO,
  STATE_WORDS,
  sumUpScenario,
} from '../cache/explain-cause.js'
import {explainRemark} from '../cache/explain-remark.js'
import {drawStepGraph, GRAPH_STYLE} from './draw-step-graph.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderHeader, renderPage} from './render-page.js'
import {renderFindings} from './render-problems.js'
import {renderTable} from './render-table.js'

export interface CacheHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** When the report was made, as shown. */
  date: string
  /** The name of the project's directory. */
  project?: string
}

const MAX_CLASSES = 50

/** Renders what the cache holds as one HTML page: each scenario as a picture of the graph, and as a table. */
export function renderCacheHtml(
  report: CacheReport,
  {version, date, project = ''}: CacheHtmlOptions,
): string {
  const title = `Cache ${project === '' ? report.context : project}`
  const whose = describeBuilder(report.builder)
  return renderPage({
    title,
    header: `${renderHeader('Cache', project, report.context, whose)}<style>${GRAPH_STYLE}</style>`,
    sections: [...report.builds.flatMap((build, at) => renderBuild(build, at === 0)), renderBudgets(report)],
    footer: `<footer><p>A step may run if it depends on files that a step above it writes. slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
  })
}

function renderBuild(build: CacheBuildReport, isFirst: boolean): string[] {
  const {name, problem, scenarios, history, findings, leftOut} = build
  if (problem !== null)
    return [`<section><h2>${renderName(name)}</h2><p>${escapeHtml(problem)}</p></section>`]
  const lacking = leftOut.map((one) => `<section><p>${escapeHtml(one)}.</p></section>`)
  if (scenarios.length === 0 && history === null)
    return [`<section><h2>${renderName(name)}</h2><p>${escapeHtml(NO_SCENARIO)}</p></section>`, ...lacking]
  return [
    ...scenarios.map((scenario, at) => renderScenario(scenario, name, isFirst && at === 0)),
    renderAfter(build),
    history === null ? '' : renderHistory(history),
    ...lacking,
    renderFindings(findings),
  ]
}

function renderAfter(build: CacheBuildReport): string {
  if (build.after === null) return ''
  const rows = listAfter(build).map(({title, before, after}) => [title, before, after].map(escapeHtml))
  return `<section><h2>The same ${escapeHtml(nameRewrites(build.after))}</h2>${renderTable({heads: ['change', 'now', 'then'], rows})}</section>`
}

function renderScenario(scenario: CacheScenario, build: string, isFirst: boolean): string {
  const {title, steps} = scenario
  const sum = sumUpScenario(scenario)
  const cost = listCosts(scenario, formatBytes).join(', ')
  return `<section${isFirst ? ' class="first"' : ''}><h2>${escapeHtml(title.slice(0, 1).toUpperCase() + title.slice(1))}</h2>
<p>${escapeHtml(`${sum}${cost === '' ? '' : `, ${cost}`}.`)} <span class="muted">${renderName(build)}</span></p>
${scenario.remarks.map((remark) => `<p>${escapeHtml(explainRemark(remark, (text) => text))}.</p>`).join('')}
${drawStepGraph(steps, `${title}: ${sum}`)}
${renderSteps(scenario)}</section>`
}

function renderSteps({steps}: CacheScenario): string {
  const rows = steps.map((step) => {
    const why = explainCauses(step, (text) => text)
      .map(escapeHtml)
      .join('<br>')
    return [`${step.line}`, STATE_WORDS[step.state], `<code>${escapeHtml(step.text)}</code>`, why]
  })
  return `<details><summary>As a table</summary>${renderTable({heads: ['>line', 'state', 'step', 'why'], rows})}</details>`
}

function renderHistory({commits, classes}: CacheHistory): string {
  const rows = classes.slice(0, MAX_CLASSES).map(({steps, commitCount, example}) => {
    const what =
      steps.length === 0
        ? 'nothing ran again'
        : steps.map((text) => `<code>${escapeHtml(text)}</code>`).join('<br>')
    return [`${commitCount}`, what, `<code>${escapeHtml(example.slice(0, 8))}</code>`]
  })
  return `<section><h2>The last ${commits.length} commits by what they ran again</h2>${renderTable({heads: ['>commits', 'steps', 'as'], rows})}</section>`
}

function renderBudgets({budgets}: CacheReport): string {
  if (budgets.length === 0) return ''
  const items = budgets.map(({name, build, scenario, limit, actual, ok}) => {
    return `<li><div>${ok ? 'PASS' : '<strong>FAIL</strong>'} ${name} ${renderName(build)} ${escapeHtml(scenario)}: ${actual ?? 'not known'} of ${limit}</div></li>`
  })
  return `<section><h2>Budgets</h2><ul class="list">${items.join('')}</ul></section>`
}
