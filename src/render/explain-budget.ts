import {formatBytes, formatCount, formatFiles} from '../languages/text/amounts.js'
import type {Budget, ContextReport, RelievingPath} from '../report/context-report.js'
import {addContexts} from './add-contexts.js'

/** A budget in words. Each format escapes the names in `relievedBy` itself. */
export interface BudgetExplanation {
  status: 'PASS' | 'FAIL'
  /** Files without their unit, which stands with the limit. */
  actual: string
  limit: string
  /** How far it is over; empty when it holds. */
  excess: string
  /** What it has grown from; empty without a baseline, and when it holds. */
  growth: string
  /** What is true of `relievedBy`: that it holds without them, or only that nothing is larger. */
  relief: 'passes without' | 'mostly'
  /** The largest paths, each with its amount. */
  relievedBy: {path: string; amount: string}[]
  /** What to do; empty when it holds. */
  nextStep: string
}

/** Puts a budget into words. */
export function explainBudget(report: ContextReport, budget: Budget, isExact = false): BudgetExplanation {
  const say = (amount: number): string =>
    budget.unit === 'files' ? formatFiles(amount) : formatBytes(amount, isExact)
  const count = (amount: number): string => (budget.unit === 'files' ? formatCount(amount) : say(amount))
  const {ok, actual, limit, unit} = budget
  const measure = ({transferBytes, fileCount}: RelievingPath): number =>
    unit === 'files' ? fileCount : transferBytes
  return {
    status: ok ? 'PASS' : 'FAIL',
    actual: count(actual),
    limit: say(limit),
    excess: ok ? '' : `${count(actual - limit)} over`,
    growth: ok ? '' : describeGrowth(budget, say),
    relief: isRelieved(budget, measure) ? 'passes without' : 'mostly',
    relievedBy: ok
      ? []
      : budget.relievedBy.map((reliever) => ({path: reliever.path, amount: say(measure(reliever))})),
    nextStep: ok ? '' : adviseOn(report, budget, say),
  }
}

/** Whether what stands in `relievedBy` takes off what is too much, as far as its amounts are those of the budget. */
export function isRelieved(
  {name, limit, actual, relievedBy}: Budget,
  measure: (path: RelievingPath) => number,
): boolean {
  if (name === 'max-entry') return true
  const sum = relievedBy.reduce((total, path) => total + measure(path), 0)
  return !name.endsWith('rebuild') && sum >= actual - limit
}

function describeGrowth({actual, baseline, tolerance}: Budget, say: (amount: number) => string): string {
  if (baseline === undefined) return ''
  const may = tolerance === undefined ? '' : `, ${say(tolerance)} may`
  return `grew by ${say(actual - baseline)} from the baseline of ${say(baseline)}${may}`
}

function adviseOn(report: ContextReport, budget: Budget, say: (amount: number) => string): string {
  const {name, actual, limit} = budget
  const after = actual - savedBySuggestions(report, budget)
  const otherwise = name.startsWith('baseline') ? 'accept it with --update-baseline' : 'raise the limit'
  if (after < actual && after <= limit)
    return `run again with --write: the suggested lines reduce it to ${say(after)}`
  const reviewed = after - savedByReview(report, budget)
  if (reviewed < after)
    return `the ? lines below reduce it to ${say(reviewed)}: review them, then add them with --all --write; or copy less, or ${otherwise}`
  if (after >= actual) return `ignore it, copy less, or ${otherwise}`
  return `the suggested lines reduce it to ${say(after)}, which is still over: ignore more, copy less, or ${otherwise}`
}

/** What the suggestions take off the figure that the budget limits. */
function savedBySuggestions({plans}: ContextReport, {name, plan, unit}: Budget): number {
  const found = plans.find((candidate) => candidate.name === plan)
  if (found === undefined || name === 'max-entry') return 0
  const {before, after} = addContexts(found)
  if (name === 'max-rebuild') return before.rebuildTransferBytes - after.rebuildTransferBytes
  return unit === 'files' ? before.fileCount - after.fileCount : before.transferBytes - after.transferBytes
}

/** What the lines to review would take off too; of several builds it is not known whose they are. */
function savedByReview({plans, suggestions}: ContextReport, {name}: Budget): number {
  if (plans.length > 1 || !(name === 'max-transfer' || name === 'baseline-transfer')) return 0
  const open = suggestions.filter(({confidence}) => confidence === 'review')
  return open.reduce((sum, {savedBytes, furtherSavedBytes = savedBytes}) => sum + furtherSavedBytes, 0)
}
