import {NO_SETTINGS} from '../../config/settings.js'
import {settingsForBuild} from '../../config/settings-for-build.js'
import type {BuildFigures} from '../../measure/budget/build-figures.js'
import {checkBudgets} from '../../measure/budget/check-budgets.js'
import {compareBaseline} from '../../measure/budget/compare-baseline.js'
import type {ContextReport} from '../../report/context-report.js'
import type {Analysis} from './analyze-builds.js'
import {measureBuild} from './measure-build.js'

/** Checks each build against its budgets and by the baseline; empty without either. */
export function checkBuilds(
  analysis: Pick<Analysis, 'options' | 'measured' | 'groups' | 'shared'>,
): Pick<ContextReport, 'budgets' | 'baseline'> {
  const {settings = NO_SETTINGS, baseline} = analysis.options
  const limits = analysis.measured.map(({plan}) => settingsForBuild(settings, plan.name).budgets)
  const hasLimits = limits.some((one) => Object.keys(one).length > 0)
  if (!hasLimits && baseline === undefined) return {budgets: []}
  const builds = measureBuilds(analysis)
  const budgets = checkBudgets(builds.map((build, number) => ({build, limits: limits[number]!})))
  if (baseline === undefined) return {budgets}
  const compared = compareBaseline(builds, baseline, settings.baseline)
  return {
    budgets: [...budgets, ...compared.builds.flatMap((build) => build.budgets)],
    baseline: compared.builds.map(({name, status, changes}) => ({name, status, changes})),
  }
}

/** Measures each build as budgets and baselines look at it. */
export function measureBuilds({
  measured,
  groups,
  shared,
}: Pick<Analysis, 'measured' | 'groups' | 'shared'>): BuildFigures[] {
  return measured.map((one) => {
    const group = groups.find(({members}) => members.includes(one))!
    return measureBuild(one, group.lines, shared)
  })
}
