import type {ContextReport} from '../../report/context-report.js'
import type {Screen} from '../terminal/style.js'
import {createPage} from './page.js'
import {renderBudgets} from './render-budgets.js'

/** Renders the budgets if one is exceeded and the report itself is not shown. Else empty. */
export function renderVerdict(report: ContextReport, screen: Screen): string {
  if (report.budgets.every(({ok}) => ok)) return ''
  const page = createPage({...screen, top: 1, isExact: false})
  return `\n${renderBudgets(report, page, false).join('\n')}\n`
}
