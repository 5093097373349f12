import type {CacheReport} from '../../report/cache-report.js'
import type {ContextReport, Finding} from '../../report/context-report.js'
import {NO_SIZES} from '../../report/sizes.js'
import {sumUpScenario} from './explain-cause.js'

/** The rule id of exceeded budgets. */
export const CACHE_BUDGET = {
  id: 'cache-budget',
  severity: 'error',
  summary: 'Keep the steps that a change runs again within their limits',
  reason: 'A limit of the command line is exceeded.',
  remedy: 'See the report for the first step that runs again, and why.',
} as const

/** The findings about the cache as a report of findings alone, for the formats that annotate files. */
export function toCacheFindings(report: CacheReport): ContextReport {
  const isOfSeveral = report.builds.length > 1
  const findings = report.builds.flatMap(({name, findings: own}) =>
    own.map((finding): Finding => (isOfSeveral ? {...finding, plan: name} : finding)),
  )
  const nothing = {plans: [], largest: [], suggestions: [], budgets: []}
  const all = [...listBudgets(report), ...findings]
  return {
    schemaVersion: 1,
    context: report.context,
    before: NO_SIZES,
    after: NO_SIZES,
    findings: all,
    ...nothing,
  }
}

function listBudgets({budgets, builds}: CacheReport): Finding[] {
  return budgets
    .filter(({ok}) => !ok)
    .map(({name, build, scenario, limit, actual}): Finding => {
      const report = builds.find((one) => one.name === build)!
      const found = report.scenarios.find((one) => one.name === scenario)!
      const first = found.steps.find(({state}) => state === 'runs')
      return {
        rule: CACHE_BUDGET.id,
        severity: 'error',
        message: `${found.title} exceeds ${name}: ${actual} of ${limit} (${sumUpScenario(found)})`,
        file: report.dockerfile,
        ...(first && {line: first.line}),
      }
    })
}
