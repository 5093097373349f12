import {formatCount} from '../../languages/text/amounts.js'
import type {Finding, Severity} from '../../report/context-report.js'
import {writeMessage} from '../write-message.js'
import {escapeHtml} from './escape-html.js'
import {renderName} from './render-name.js'

const MAX_ROWS = 200
const ORDER: readonly Severity[] = ['error', 'warning', 'info']
const LABELS: Record<Severity, string> = {error: 'Error', warning: 'Warning', info: 'Note'}

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
