import {formatBytes, formatCount, formatFiles} from '../../languages/text/amounts.js'
import type {Budget, Finding, RelievingPath, Severity} from '../../report/context-report.js'
import {isRelieved} from '../explain-budget.js'
import {writeMessage} from '../write-message.js'
import {escapeHtml, renderName} from './escape-html.js'

const MAX_ROWS = 200
const ORDER: readonly Severity[] = ['error', 'warning', 'info']
const LABELS: Record<Severity, string> = {error: 'Error', warning: 'Warning', info: 'Note'}

/** Renders each budget as passed or failed, the failed ones first, with the paths that would help. */
export function renderBudgets(budgets: readonly Budget[]): string {
  if (budgets.length === 0) return ''
  const sorted = budgets.toSorted((one, other) => Number(one.ok) - Number(other.ok))
  return `<section aria-labelledby="budgets">
<h2 id="budgets">Budgets</h2>
<ul class="list">${sorted.map(renderBudget).join('\n')}</ul>
</section>`
}

function renderBudget(budget: Budget): string {
  const {name, plan, limit, actual, ok} = budget
  const [state, label] = ok ? ['pass', 'PASS'] : ['fail', 'FAIL']
  const format = isOfFiles(budget) ? formatFiles : formatBytes
  return `<li><div><span class="badge ${state}">${label}</span></div><div><div class="name">${escapeHtml(name)} <span class="muted">of</span> ${renderName(plan)}</div>${renderRelief(budget, format)}</div><div class="number">${escapeHtml(format(actual))}<small>of ${escapeHtml(format(limit))}</small></div></li>`
}

function isOfFiles({unit, name}: Budget): boolean {
  return unit === undefined ? name.includes('files') : unit === 'files'
}

function renderRelief(budget: Budget, format: (amount: number) => string): string {
  const {ok, limit, actual, relievedBy = []} = budget
  if (ok) return ''
  const over = `<p>${escapeHtml(format(actual - limit))} too many`
  if (relievedBy.length === 0) return `${over.replace('many', 'much')}</p>`
  const measure = ({transferBytes, fileCount}: RelievingPath): number =>
    isOfFiles(budget) ? fileCount : transferBytes
  const paths = relievedBy
    .map((one) => `${renderName(one.path)} (${escapeHtml(format(measure(one)))})`)
    .join(', ')
  const relief = isRelieved({...budget, relievedBy}, measure)
    ? `without ${paths} it would pass`
    : `mostly ${paths}`
  return `${isOfFiles(budget) ? over : over.replace('many', 'much')}; ${relief}</p>`
}

/** Renders what is wrong, the worst first, with its place. */
export function renderFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const sorted = findings.toSorted(
    (one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity),
  )
  const hidden = sorted.length - MAX_ROWS
  const more =
    hidden > 0 ? `\n<p class="empty">And ${formatCount(hidden)} more: the JSON report has them all.</p>` : ''
  return `<section aria-labelledby="problems">
<h2 id="problems">Problems</h2>
<ul class="list">${sorted.slice(0, MAX_ROWS).map(renderFinding).join('\n')}</ul>${more}
</section>`
}

function renderFinding(finding: Finding): string {
  const {severity, file, line, plan, rule, fix} = finding
  const place = file === undefined ? '' : renderName(`${file}${line === undefined ? '' : `:${line}`}`)
  const build = plan === undefined ? '' : `<span class="muted">in</span> ${renderName(plan)}`
  const where = [place, build, escapeHtml(rule)].filter((part) => part !== '').join(' · ')
  const remedy = fix === undefined ? '' : `<div>Fix: ${escapeHtml(fix)}</div>`
  return `<li><div><span class="badge ${severity}">${LABELS[severity]}</span></div><div><div>${escapeHtml(writeMessage(finding))}</div>${remedy}<p>${where}</p></div></li>`
}
