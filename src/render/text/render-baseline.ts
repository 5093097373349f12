import {formatCount} from '../../languages/text/amounts.js'
import type {BaselineReport, ContextReport} from '../../report/context-report.js'
import {type Cell, renderTable} from '../terminal/table.js'
import type {Page} from './page.js'

const STATUSES: Readonly<Record<BaselineReport['status'], string>> = {
  kept: '',
  outgrown: '',
  new: 'is not in the baseline: --update-baseline records it',
  missing: 'is in the baseline and not among these builds',
}

/** What has changed since the baseline, the largest change of each build first. */
export function renderBaseline({baseline = []}: ContextReport, page: Page): string[] {
  const lines = baseline.flatMap((build) => [...describeStatus(build, page), ...listChanges(build, page)])
  return lines.length === 0 ? [] : [page.styles.bold('Since the baseline'), ...lines]
}

function describeStatus({name, status}: BaselineReport, page: Page): string[] {
  return STATUSES[status] === '' ? [] : [`  ${page.show(name)} ${STATUSES[status]}`]
}

function listChanges({name, changes}: BaselineReport, page: Page): string[] {
  const shown = changes.slice(0, page.top)
  const rows = shown.map(({path, change, baselineBytes, transferBytes}): Cell[] => {
    const grown = transferBytes - baselineBytes
    const style = grown > 0 ? page.styles.yellow : page.styles.green
    const sign = grown > 0 ? '+' : '-'
    return [
      {text: `${sign}${page.bytes(Math.abs(grown))}`, style},
      {text: change, style: page.styles.dim},
      {text: page.show(name), style: page.styles.dim},
      {text: page.show(path)},
    ]
  })
  const hidden = changes.length - shown.length
  const rest =
    hidden > 0 ? [`  and ${formatCount(hidden)} smaller changes: --top ${changes.length} shows them`] : []
  return [...renderTable([{align: 'right'}], rows), ...rest]
}
