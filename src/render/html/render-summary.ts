import {formatBytes, formatCount, formatSaving, formatSeconds} from '../../languages/text/amounts.js'
import type {ContextReport} from '../../report/context-report.js'
import {headlineOf} from '../../report/headline.js'
import {addSizes} from '../../report/sizes.js'
import {addContexts} from '../add-contexts.js'
import {escapeHtml} from './escape-html.js'

/** How fast a context travels to the builder. */
export interface Rate {
  bytesPerSecond: number
  /** As shown: `100 Mbit/s`. */
  label: string
}

/** Renders the headline: what is transferred, what would be, and what that means. */
export function renderSummary(report: ContextReport, rates: readonly Rate[]): string {
  const {plans} = report
  const {before, after} = headlineOf(report)
  if (plans.every(({usesContext}) => !usesContext)) {
    return section(
      '<p class="figures"><span class="size">0 B</span></p><p class="lead">No Dockerfile here uses anything from the context: Docker will transfer nothing.</p>',
    )
  }
  const saving = formatSaving(before.transferBytes, after.transferBytes)
  const facts = [
    fact('Files', formatCount(before.fileCount), formatCount(after.fileCount)),
    fact(
      'Again on every rebuild',
      formatBytes(before.rebuildTransferBytes),
      formatBytes(after.rebuildTransferBytes),
    ),
    ...renderFresh(report),
    ...rates.map(({bytesPerSecond, label}) =>
      fact(
        `First build at ${label}`,
        formatSeconds(before.transferBytes / bytesPerSecond),
        formatSeconds(after.transferBytes / bytesPerSecond),
      ),
    ),
  ]
  return section(
    `<p class="lead">${renderLead(report, saving)}</p>
<p class="figures">${renderFigures(before.transferBytes, after.transferBytes, saving)}</p>
${saving === '' ? '<div class="space"></div>' : renderProportion(before.transferBytes, after.transferBytes)}
<dl class="facts">${facts.join('')}</dl>`,
  )
}

/** What the builds add up to where each has a builder of its own; nothing where that is the same. */
function renderFresh({plans, oneBuilder}: ContextReport): string[] {
  const sums = plans.map(addContexts)
  const before = addSizes(sums.map((one) => one.before))
  const after = addSizes(sums.map((one) => one.after))
  if (oneBuilder === undefined || oneBuilder.before.transferBytes === before.transferBytes) return []
  return [
    fact('Each on a fresh builder', formatBytes(before.transferBytes), formatBytes(after.transferBytes)),
  ]
}

function section(content: string): string {
  return `<section class="first" aria-label="Summary">\n${content}\n</section>`
}

function renderLead({plans}: ContextReport, saving: string): string {
  const what = plans.length === 1 ? 'Docker will transfer' : `Docker will transfer, in ${plans.length} builds`
  const isWithout = plans.some(({dockerfile, context}) => dockerfile === null && context !== '-')
  const note = isWithout ? ' (there is no Dockerfile: these are the sizes of <code>COPY . .</code>)' : ''
  return `${what}${saving === '' ? '' : ', now and after the suggestions'}${note}`
}

function renderFigures(before: number, after: number, saving: string): string {
  const now = `<span class="size before">${formatBytes(before)}</span>`
  if (saving === '') return now
  return `${now} <span class="pair"><span class="arrow" aria-label="becomes">→</span><span class="size after">${formatBytes(after)}</span></span> <span class="less">${escapeHtml(saving)}</span>`
}

function renderProportion(before: number, after: number): string {
  const percent = (100 * after) / before
  return `<div class="proportion" aria-hidden="true"><span style="width:${percent.toFixed(2)}%"></span></div>`
}

function fact(name: string, before: string, after: string): string {
  const change = before === after ? '' : ` <span><i aria-label="becomes">→</i> ${escapeHtml(after)}</span>`
  return `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(before)}${change}</dd></div>`
}
