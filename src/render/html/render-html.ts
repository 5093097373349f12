import type {ContextReport} from '../../report/context-report.js'
import type {SizeNode} from '../../report/size-node.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderPage} from './render-page.js'
import {renderPicture} from './render-picture.js'
import {renderBudgets, renderFindings} from './render-problems.js'
import {renderSuggestions} from './render-suggestions.js'
import {type Rate, renderSummary} from './render-summary.js'
import {renderBuilds, renderLargest} from './render-tables.js'

export interface HtmlOptions {
  /** For which the time of a first build is shown; default: 10 Mbit/s and 100 Mbit/s. */
  rates?: readonly Rate[]
  /** Whether `after` counts the suggestions that need a review. */
  all?: boolean
  /** Of this program, for the foot of the page. */
  version?: string
  /** When the report was made, as shown. */
  date?: string
}

const RATES: readonly Rate[] = [
  {bytesPerSecond: 1_250_000, label: '10 Mbit/s'},
  {bytesPerSecond: 12_500_000, label: '100 Mbit/s'},
]

/**
 * Renders a report as one HTML page that needs nothing else: no network, no other file, and no script to be complete.
 * @param tree what all builds transfer; what leaves it is missing in `after`
 */
export function renderHtml(report: ContextReport, tree: SizeNode, options: HtmlOptions = {}): string {
  const sections = [
    renderSummary(report, options.rates ?? RATES),
    renderBudgets(report.budgets),
    renderBuilds(report),
    renderPicture(tree),
    renderSuggestions(
      report,
      (confidence) => confidence === 'safe' || (options.all === true && confidence === 'review'),
    ),
    renderFindings(report.findings),
    renderLargest(report),
  ]
  const page = {
    title: `Build context ${report.context}`,
    header: renderHeader(report),
    sections,
    footer: renderFooter(options),
  }
  return renderPage(page)
}

function renderHeader({context, plans}: ContextReport): string {
  const [plan] = plans
  const parts = plans.length > 1 ? [`${plans.length} builds`] : []
  if (plans.length === 1 && plan !== undefined) {
    const target = plan.target === null ? '' : ` → ${renderName(plan.target)}`
    parts.push(plan.dockerfile === null ? 'no Dockerfile' : `${renderName(plan.dockerfile)}${target}`)
    parts.push(plan.ignoreFile === null ? 'no ignore file' : renderName(plan.ignoreFile))
  }
  return `<header class="top"><h1>Build context ${renderName(context)}</h1><p>${parts.join(', ')}</p></header>`
}

function renderFooter({version, date}: HtmlOptions): string {
  const program = `slim-check${version === undefined ? '' : ` ${escapeHtml(version)}`}`
  const made = date === undefined ? program : `${program}, ${escapeHtml(date)}`
  return `<footer><p>Sizes are what <code>docker build</code> prints as “transferring context”: file contents and the packets around them. MB is 10⁶ bytes. ${made}</p></footer>`
}
