import {formatBytes, formatFiles} from '../../languages/text/amounts.js'
import type {Budget} from '../../report/context-report.js'
import {escapeHtml} from './escape-html.js'
import {renderName} from './render-name.js'

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
  const paths = relievedBy.map(({path, transferBytes, fileCount}) => {
    const amount = isOfFiles(budget) ? fileCount : transferBytes
    return `${renderName(path)} (${escapeHtml(format(amount))})`
  })
  return `${isOfFiles(budget) ? over : over.replace('many', 'much')}; without ${paths.join(', ')} it would pass</p>`
}
