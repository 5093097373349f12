import {formatBytes, formatCount, formatSaving, formatShare} from '../../languages/text/amounts.js'
import type {ContextReport, LargestPath, PlanReport} from '../../report/context-report.js'
import {headlineOf} from '../../report/headline.js'
import type {Sizes} from '../../report/sizes.js'
import {splitLargest} from '../split-largest.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderTable} from './render-table.js'

const MAX_PATHS = 12

/** Renders a row for each build and each named context; nothing for one build alone. */
export function renderBuilds(report: ContextReport): string {
  const {plans, oneBuilder} = report
  const {before, after} = headlineOf(report)
  const rows = plans.flatMap((plan) => [
    renderBuildRow(renderName(plan.name), describeBuild(plan), plan.before, plan.after),
    ...plan.namedContexts
      .filter(({usesContext}) => usesContext)
      .map((named) =>
        renderBuildRow(
          `<span class="muted">and from context</span> ${renderName(named.name)}`,
          renderName(named.context),
          named.before,
          named.after,
        ),
      ),
  ])
  if (rows.length < 2) return ''
  const foot =
    plans.length < 2
      ? undefined
      : renderBuildRow(oneBuilder === undefined ? 'All builds' : 'All on one builder', '', before, after)
  const heads = ['Build', 'Dockerfile and ignore file', '>Now', '>After', '>Saving', '>Again on a rebuild']
  return `<section aria-labelledby="builds">
<h2 id="builds">Builds</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="builds">${renderTable({heads, rows, ...(foot && {foot})})}</div>
</section>`
}

function describeBuild({context, dockerfile, target, ignoreFile}: PlanReport): string {
  const file = dockerfile === null ? 'no Dockerfile' : renderName(dockerfile)
  const stage = target === null ? '' : ` → ${renderName(target)}`
  const ignore = ignoreFile === null ? 'no ignore file' : renderName(ignoreFile)
  return `<span>${file}${stage}<br><small>${ignore}, context ${renderName(context)}</small></span>`
}

function renderBuildRow(name: string, description: string, before: Sizes, after: Sizes): string[] {
  const cells = [
    formatBytes(before.transferBytes),
    formatBytes(after.transferBytes),
    formatSaving(before.transferBytes, after.transferBytes),
    formatBytes(before.rebuildTransferBytes),
  ]
  return [name, description, ...cells.map(escapeHtml)]
}

/** Renders the largest paths as a table: the treemap in words. */
export function renderLargest(report: ContextReport): string {
  if (report.largest.length === 0) return ''
  const {shown, rest, wholeBytes} = splitLargest(report, MAX_PATHS)
  const rows = shown.map((item) => renderPathRow(renderName(item.path), item, wholeBytes))
  if (rest !== null) {
    const label = `<span class="muted">${rest.label}</span>`
    rows.push(renderPathRow(label, {...rest, title: ''}, wholeBytes))
  }
  return `<section aria-labelledby="largest">
<h2 id="largest">Largest included paths</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Path</th><th scope="col" class="wide">What it is</th><th scope="col" class="number wide">Files</th><th scope="col" class="number">Transfer</th><th scope="col" class="number">Share</th><th class="bar" aria-hidden="true"></th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>
</section>`
}

type Figures = Pick<LargestPath, 'title' | 'fileCount' | 'transferBytes'>

function renderPathRow(name: string, {title, fileCount, transferBytes}: Figures, whole: number): string {
  const percent = whole > 0 ? (100 * transferBytes) / whole : 0
  return `<tr><td>${name}</td><td class="muted wide">${escapeHtml(title)}</td><td class="number wide">${formatCount(fileCount)}</td><td class="number">${formatBytes(transferBytes)}</td><td class="number">${escapeHtml(formatShare(transferBytes, whole))}</td><td class="bar" aria-hidden="true"><span style="width:${percent.toFixed(1)}%"></span></td></tr>`
}
