import type {ContextReport} from '../../report/context-report.js'
import {headlineOf} from '../../report/headline.js'
import type {SizeNode} from '../../report/size-node.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderHeader, renderPage} from './render-page.js'
import {type PictureTotal, type PictureWords, renderPicture, TRANSFER} from './render-picture.js'
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
  /** The name of the project's directory; default: the heading has the path that was given. */
  project?: string
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
    renderPicture(tree, {after: afterOf(report, tree), words: chooseWords(report, tree)}),
    renderSuggestions(
      report,
      (confidence) => confidence === 'safe' || (options.all === true && confidence === 'review'),
    ),
    renderFindings(report.findings),
    renderLargest(report),
  ]
  const project = options.project ?? ''
  const page = {
    title: `Build context ${project === '' ? report.context : project}`,
    header: renderHeader('Build context', project, report.context, describePlans(report)),
    sections,
    footer: renderFooter(options),
  }
  return renderPage(page)
}

/**
 * What the summary says is left, where the tree shows the same transfer: the new ignore file is in no tree. Null for several
 * builds that cross at several times.
 */
function afterOf(report: ContextReport, tree: SizeNode): PictureTotal | null {
  const {before, after} = headlineOf(report)
  const isSame = before.transferBytes === tree.transferBytes && before.fileCount === tree.fileCount
  return isSame ? {transferBytes: after.transferBytes, fileCount: after.fileCount} : null
}

/** Several builds that cross at several times are drawn one by one. */
function chooseWords(report: ContextReport, tree: SizeNode): PictureWords {
  if (headlineOf(report).before.transferBytes === tree.transferBytes || report.plans.length < 2)
    return TRANSFER
  const whole = 'Each build on a fresh builder'
  return {...TRANSFER, before: `Now, ${whole.toLowerCase()}`, whole}
}

function describePlans({plans}: ContextReport): string {
  const [plan] = plans
  const parts = plans.length > 1 ? [`${plans.length} builds`] : []
  if (plans.length === 1 && plan !== undefined) {
    const target = plan.target === null ? '' : ` → ${renderName(plan.target)}`
    parts.push(plan.dockerfile === null ? 'no Dockerfile' : `${renderName(plan.dockerfile)}${target}`)
    parts.push(plan.ignoreFile === null ? 'no ignore file' : renderName(plan.ignoreFile))
  }
  return parts.join(', ')
}

function renderFooter({version, date}: HtmlOptions): string {
  const program = `slim-check${version === undefined ? '' : ` ${escapeHtml(version)}`}`
  const made = date === undefined ? program : `${program}, ${escapeHtml(date)}`
  return `<footer><p>Sizes are what <code>docker build</code> prints as “transferring context”: file contents and the packets around them. MB is 10⁶ bytes. ${made}</p></footer>`
}
