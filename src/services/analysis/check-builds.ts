import type {MeasuredSource} from '../../build/transfer/measure-source.js'
import {settingsForBuild} from '../../config/apply-settings.js'
import {NO_SETTINGS} from '../../config/settings.js'
import {type BuildFigures, measureFigures, type SentContext} from '../../measure/budget/build-figures.js'
import {checkBudgets} from '../../measure/budget/check-budgets.js'
import {compareBaseline} from '../../measure/budget/compare-baseline.js'
import type {ContextReport} from '../../report/context-report.js'
import type {Context} from '../project.js'
import {type Analysis, listBuilds} from './analyze-builds.js'

/** Checks each build against its budgets and the baseline; empty without either. */
export function checkBuilds({
  options,
  groups,
}: Pick<Analysis, 'options' | 'groups'>): Pick<ContextReport, 'budgets' | 'baseline'> {
  const {settings = NO_SETTINGS, baseline} = options
  const limits = listBuilds(groups).map(({build}) => settingsForBuild(settings, build.plan.name).budgets)
  const hasLimits = limits.some((one) => Object.keys(one).length > 0)
  if (!hasLimits && baseline === undefined) return {budgets: []}
  const builds = measureBuilds(groups)
  const budgets = checkBudgets(builds.map((build, number) => ({build, limits: limits[number]!})))
  if (baseline === undefined) return {budgets}
  const compared = compareBaseline(builds, baseline, settings.baseline)
  return {
    budgets: [...budgets, ...compared.builds.flatMap((build) => build.budgets)],
    baseline: compared.builds.map(({name, status, changes}) => ({name, status, changes})),
  }
}

/** Measures each build as budgets and baselines look at it. */
export function measureBuilds(groups: Analysis['groups']): BuildFigures[] {
  return listBuilds(groups).map(({build: {plan, context, main, named}, group}) => {
    const safe = group.lines.filter(({confidence}) => confidence === 'safe')
    return measureFigures(
      plan.name,
      sentOf('', context, main),
      named.map((one) => sentOf(`${one.name}:`, one.context, one.measured)),
      safe.flatMap(({entryIndexes}) => entryIndexes),
    )
  })
}

function sentOf(prefix: string, context: Context, {selection, transfer}: MeasuredSource): SentContext {
  return {prefix, tree: context.tree, selection, transfer, kindOf: (entry) => context.kindOf(entry)}
}
