import {formatBytes, formatSaving} from '../../languages/text/amounts.js'
import type {ContextReport, PlanReport} from '../../report/context-report.js'
import type {Sizes} from '../../report/sizes.js'
import {escapeHtml} from './escape-html.js'
import {renderName} from './render-name.js'

/** Renders a row for each build and each named context; nothing for one build alone. */
export function renderBuilds({plans, before, after}: ContextReport): string {
  const rows = plans.flatMap((plan) => [
    renderRow(renderName(plan.name), describeBuild(plan), plan.before, plan.after),
    ...plan.namedContexts
      .filter(({usesContext}) => usesContext)
      .map((named) =>
        renderRow(
          `<span class="muted">and from context</span> ${renderName(named.name)}`,
          renderName(named.context),
          named.before,
          named.after,
        ),
      ),
  ])
  if (rows.length < 2) return ''
  const sum = plans.length < 2 ? '' : `<tfoot>${renderRow('All builds', '', before, after)}</tfoot>`
  return `<section aria-labelledby="builds">
<h2 id="builds">Builds</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="builds"><table class="builds">
<thead><tr><th scope="col">Build</th><th scope="col">Dockerfile and ignore file</th><th scope="col" class="number">Now</th><th scope="col" class="number">After</th><th scope="col" class="number">Saving</th><th scope="col" class="number">Every rebuild</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
${sum}
</table></div>
</section>`
}

function describeBuild({context, dockerfile, target, ignoreFile}: PlanReport): string {
  const file = dockerfile === null ? 'no Dockerfile' : renderName(dockerfile)
  const stage = target === null ? '' : ` → ${renderName(target)}`
  const ignore = ignoreFile === null ? 'no ignore file' : renderName(ignoreFile)
  return `${file}${stage}<br><small>${ignore}, context ${renderName(context)}</small>`
}

function renderRow(name: string, description: string, before: Sizes, after: Sizes): string {
  const cells = [
    formatBytes(before.transferBytes),
    formatBytes(after.transferBytes),
    formatSaving(before.transferBytes, after.transferBytes),
    formatBytes(before.rebuildTransferBytes),
  ]
  return `<tr><td>${name}</td><td>${description}</td>${cells.map((cell) => `<td class="number">${escapeHtml(cell)}</td>`).join('')}</tr>`
}
