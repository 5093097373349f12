import type {Tolerance} from '../../config/parse-amounts.js'
import type {Budget, BudgetName} from '../../report/context-report.js'
import type {PathChange} from '../../report/path-change.js'
import {type Baseline, type BaselineBuild, createBaseline} from './baseline.js'
import type {BuildFigures} from './build-figures.js'
import {comparePaths} from './compare-paths.js'

/** How much a build may grow. */
export interface BaselineOptions {
  /** Default: 5 percent. */
  tolerance?: Tolerance
  /** Growth up to this always passes. Default: 1 MB. */
  floorBytes?: number
}

/** Builds beside their baseline. */
export interface BaselineComparison {
  /** No build has outgrown it. New and missing builds do not count. */
  ok: boolean
  /** By name. */
  builds: BuildComparison[]
}

interface BuildComparison {
  name: string
  /** `new`: not in the baseline; `missing`: only there. */
  status: 'kept' | 'outgrown' | 'new' | 'missing'
  /** null for a new build. */
  before: BaselineFigures | null
  /** null for a missing one. */
  now: BaselineFigures | null
  /** `baseline-transfer` and `baseline-rebuild`, with what they were as `baseline`; empty for a new or missing build. */
  budgets: Budget[]
  /** Path by path, the largest change first. */
  changes: PathChange[]
}

interface BaselineFigures {
  transferBytes: number
  rebuildTransferBytes: number
  fileCount: number
}

const DEFAULT_TOLERANCE: Tolerance = {percent: 5, bytes: 0}
const DEFAULT_FLOOR_BYTES = 1_000_000
const MAX_RELIEVING = 3

/** Compares builds with a baseline. A build fails if it grew by more than the tolerance and by more than the floor. */
export function compareBaseline(
  builds: readonly BuildFigures[],
  baseline: Baseline,
  options: BaselineOptions = {},
): BaselineComparison {
  const known = new Map(baseline.builds.map((build) => [build.name, build]))
  const current = new Map(createBaseline(builds).builds.map((build) => [build.name, build]))
  const names = [...new Set([...known.keys(), ...current.keys()])].sort()
  const compared = names.map((name) =>
    compareBuild({name, before: known.get(name), now: current.get(name)}, builds, options),
  )
  return {ok: compared.every(({status}) => status !== 'outgrown'), builds: compared}
}

/** A build as it was recorded and as it is now; undefined where it is not. */
interface ComparedBuild {
  name: string
  before: BaselineBuild | undefined
  now: BaselineBuild | undefined
}

function compareBuild(
  {name, before, now}: ComparedBuild,
  builds: readonly BuildFigures[],
  options: BaselineOptions,
): BuildComparison {
  const figures = {before: before ? figuresOf(before) : null, now: now ? figuresOf(now) : null}
  if (before === undefined || now === undefined) {
    return {name, status: before ? 'missing' : 'new', ...figures, budgets: [], changes: []}
  }
  const changes = comparePaths(before, builds.find((build) => build.name === name)!.paths)
  const growths: Growth[] = [
    {name: 'baseline-transfer', baseline: before.transferBytes, actual: now.transferBytes},
    {name: 'baseline-rebuild', baseline: before.rebuildTransferBytes, actual: now.rebuildTransferBytes},
  ]
  const budgets = growths.map((growth) => checkGrowth(name, growth, changes, options))
  const status = budgets.every(({ok}) => ok) ? 'kept' : 'outgrown'
  return {name, status, ...figures, budgets, changes}
}

/** A figure as it was and as it is. Bytes. */
interface Growth {
  name: BudgetName
  baseline: number
  actual: number
}

function checkGrowth(
  plan: string,
  {name, baseline, actual}: Growth,
  changes: readonly PathChange[],
  {tolerance = DEFAULT_TOLERANCE, floorBytes = DEFAULT_FLOOR_BYTES}: BaselineOptions,
): Budget {
  const tolerated = Math.max(Math.floor((baseline * tolerance.percent) / 100), tolerance.bytes, floorBytes)
  const limit = Math.min(baseline + tolerated, Number.MAX_SAFE_INTEGER)
  const ok = actual <= limit
  const grown = changes.filter(({change}) => change === 'grown' || change === 'new')
  const relievedBy = ok ? [] : grown.slice(0, MAX_RELIEVING).map(describeGrowth)
  return {name, plan, limit, actual, ok, unit: 'bytes', relievedBy, baseline}
}

function describeGrowth({path, transferBytes, fileCount}: PathChange): Budget['relievedBy'][number] {
  return {path, transferBytes, fileCount}
}

function figuresOf({transferBytes, rebuildTransferBytes, fileCount}: BaselineBuild): BaselineFigures {
  return {transferBytes, rebuildTransferBytes, fileCount}
}
