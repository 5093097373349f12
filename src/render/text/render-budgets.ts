import {formatCount} from '../../languages/text/amounts.js'
import type {Budget, ContextReport} from '../../report/context-report.js'
import {addContexts} from '../add-contexts.js'
import {type BudgetExplanation, explainBudget} from '../explain-budget.js'
import {type Cell, fitsWidth, renderTable, wrapText} from '../terminal/table.js'
import type {Page} from './page.js'

const INDENT = ' '.repeat(8)

/** Every budget as PASS or FAIL, the failing ones first, with what would make them hold. */
export function renderBudgets(report: ContextReport, page: Page, isExact: boolean): string[] {
  const {budgets, plans} = report
  if (budgets.length === 0) return []
  const failing = budgets.filter(({ok}) => !ok)
  const passing = budgets.filter(({ok}) => ok)
  const shown = [...limit(failing, 2 * page.top), ...limit(passing, page.top)]
  const explained = shown.map((budget) => explainBudget(report, budget, isExact))
  const table = layOutBudgets(shown, explained, plans.length > 1, page)
  const lines = table.flatMap((row, at) => [...row, ...describeCure(explained[at]!, page)])
  const hidden = budgets.length - shown.length
  if (hidden > 0) lines.push(`  and ${formatCount(hidden)} more: --format json shows all`)
  return [page.styles.bold('Budgets'), ...lines, ...describeSharing(report, page)]
}

/** Why a build counts for less than it transfers alone; nothing where none does. */
function describeSharing({budgets, plans}: ContextReport, page: Page): string[] {
  const isLess = budgets.some(({name, plan, actual}) => {
    const build = plans.find((one) => one.name === plan)
    return name === 'max-transfer' && build !== undefined && actual < addContexts(build).before.transferBytes
  })
  if (!isLess) return []
  const text = 'One run builds them all: what several of them send counts for the first.'
  return wrapText(text, page.width - 2).map((line) => `  ${page.styles.dim(line)}`)
}

function limit(budgets: readonly Budget[], most: number): readonly Budget[] {
  return budgets.length <= most + 1 ? budgets : budgets.slice(0, most)
}

/** One line each, or where the screen is narrow one for the name and one for the figures. */
function layOutBudgets(
  budgets: readonly Budget[],
  explained: readonly BudgetExplanation[],
  isOfSeveral: boolean,
  page: Page,
): string[][] {
  const {styles, show} = page
  const names = budgets.map(({name, plan}, at): Cell[] => [
    {text: explained[at]!.status, style: explained[at]!.status === 'PASS' ? styles.green : styles.red},
    {text: name},
    ...(isOfSeveral ? [{text: show(plan)}] : []),
  ])
  const figures = explained.map(({actual, limit, excess}): Cell[] => [
    {text: actual},
    {text: 'of'},
    {text: limit},
    {text: excess, style: styles.red},
  ])
  const left = names[0]!.map(() => ({align: 'left'}) as const)
  const right = [{align: 'right'}, {align: 'left'}, {align: 'right'}, {align: 'left'}] as const
  const lines = renderTable(
    [...left, ...right],
    names.map((cells, at) => [...cells, ...figures[at]!]),
  )
  if (fitsWidth(lines, page.width)) return lines.map((line) => [line])
  const heads = renderTable(left, names)
  return heads.map((head, at) => {
    const {actual, limit, excess} = explained[at]!
    const text = `${actual} of ${limit}${excess === '' ? '' : `, ${excess}`}`
    return [head, ...wrapText(text, page.width - INDENT.length).map((part) => INDENT + part)]
  })
}

function describeCure({growth, relief, relievedBy, nextStep}: BudgetExplanation, page: Page): string[] {
  const {width, styles, show} = page
  const wrap = (text: string): string[] =>
    wrapText(text, width - INDENT.length).map((part) => INDENT + styles.dim(part))
  const paths = relievedBy.map(({path, amount}) => `${show(path)} (${amount})`)
  return [
    ...(growth === '' ? [] : wrap(growth)),
    ...(paths.length > 0 ? wrap(`${relief} ${paths.join(', ')}`) : []),
    ...(nextStep === '' ? [] : wrap(nextStep)),
  ]
}
