import type {ContextReport, Finding} from '../../report/context-report.js'
import type {Screen} from '../terminal/style.js'
import {createPage} from './page.js'
import {renderBudgets} from './render-budgets.js'
import {renderFindings} from './render-findings.js'

/** More findings are counted. */
const MAX_FINDINGS = 10

/**
 * Renders what makes a run fail whose report is not shown: the budgets if one is exceeded, and the findings.
 * Empty where nothing fails. @param failing the findings that the exit status counts
 */
export function renderVerdict(report: ContextReport, failing: readonly Finding[], screen: Screen): string {
  const pageOf = (top: number) => createPage({...screen, top, isExact: false})
  const isOver = report.budgets.some(({ok}) => !ok)
  const blocks = [
    ...(isOver ? [renderBudgets(report, pageOf(1), false)] : []),
    ...(failing.length > 0
      ? [renderFindings({findings: [...failing], plans: report.plans}, pageOf(MAX_FINDINGS))]
      : []),
  ]
  return blocks.map((lines) => `\n${lines.join('\n')}\n`).join('')
}
