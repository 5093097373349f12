import type {MeasuredSource} from '../../build/transfer/measure-source.js'
import type {LoadOutcome} from '../../build/transfer/simulate-builder.js'
import {settingsForBuild} from '../../config/apply-settings.js'
import {NO_SETTINGS} from '../../config/settings.js'
import {type BuildFigures, measureFigures, type SentContext} from '../../measure/budget/build-figures.js'
import {checkBudgets} from '../../measure/budget/check-budgets.js'
import {compareBaseline} from '../../measure/budget/compare-baseline.js'
import type {ContextReport} from '../../report/context-report.js'
import type {Context} from '../project.js'
import {type Analysis, listBuilds} from './analysis.js'

/** Checks each build against its budgets and the baseline; empty without either. */
export function checkBuilds({
  options,
  groups,
}: Pick<Analysis, 'options' | 'groups'>): Pick<ContextReport, 'budgets' | 'baseline'> {
  const {settings = NO_SETTINGS, baseline} = options
  const limits = listBuilds(groups).map(({build}) => settingsForBuild(settings, build.plan.name).budgets)
  const hasLimits = limits.some((one) => Object.keys(one).length > 0)
  if (!hasLimits && baseline === undefined) return {budgets: []}
  const counted = measureBuilds(groups, options.isOneRun === true ? 'one-run' : 'any-order')
  const budgets = checkBudgets(counted.map((build, number) => ({build, limits: limits[number]!})))
  if (baseline === undefined) return {budgets}
  const compared = compareBaseline(measureBuilds(groups), baseline, settings.baseline)
  return {
    budgets: [...budgets, ...compared.builds.flatMap((build) => build.budgets)],
    baseline: compared.builds.map(({name, status, changes}) => ({name, status, changes})),
  }
}

/**
 * How builds of one builder are counted. `alone`: each as the first of all. `one-run`: as compose or bake builds them,
 * where what two ask alike crosses once. `any-order`: each may be built alone, and the others may be built before it is
 * built again.
 */
type Counting = 'alone' | 'one-run' | 'any-order'

/** Measures each build as budgets and baselines look at it. */
export function measureBuilds(groups: Analysis['groups'], counting: Counting = 'alone'): BuildFigures[] {
  const builds = listBuilds(groups)
  return builds.map(({build: {plan, context, main, named, crossing}, group}) => {
    const safe = group.lines.filter(({confidence}) => confidence === 'safe')
    const count = builds.length < 2 ? () => ({}) : COUNTINGS[counting]
    return measureFigures(
      plan.name,
      {...sentOf('', context, main), ...count(main, crossing.main)},
      named.map((one, at) => ({
        ...sentOf(`${one.name}:`, one.context, one.measured),
        ...count(one.measured, crossing.named[at]!),
      })),
      safe.flatMap(({entryIndexes}) => entryIndexes),
    )
  })
}

type Count = (source: MeasuredSource, outcome: LoadOutcome) => Pick<SentContext, 'crossing'>

const COUNTINGS: Record<Counting, Count> = {
  alone: () => ({}),
  'one-run': (_, crossing) => ({crossing}),
  'any-order': ({transfer: {sizes, entryBytes}}, {sizes: crossing, againBytes}) => {
    const {rebuildTransferBytes} = crossing
    if (rebuildTransferBytes <= sizes.rebuildTransferBytes) return {}
    return {crossing: {sizes: {...sizes, rebuildTransferBytes}, entryBytes, againBytes}}
  },
}

function sentOf(prefix: string, context: Context, {selection, transfer}: MeasuredSource): SentContext {
  return {prefix, tree: context.tree, selection, transfer, kindOf: (entry) => context.kindOf(entry)}
}
