import type {
  MeasureChange,
  MeasuredBuild,
  MeasureEnvironment,
  MeasureFigure,
  MeasureReport,
} from '../../report/measure/measure-report.js'
import {type FigureValue, listFigures} from './list-figures.js'
import {compareTimes, MIN_RUNS} from './statistics.js'

/** In what two reports are not alike: nothing that depends on it is compared. */
export interface Differences {
  /** For people: `Engine 28.5.2 instead of 27.1.0`. */
  all: string[]
  /** Whether seconds compare, and sizes of images. */
  compareTimes: boolean
  compareSizes: boolean
}

const NAMES: Record<keyof MeasureEnvironment, string> = {
  engine: 'Engine',
  buildkit: 'BuildKit',
  buildx: 'buildx',
  builder: 'builder',
  driver: 'driver of the builder',
  store: 'image store',
  storage: 'storage driver',
  os: 'operating system',
  arch: 'architecture',
  cpus: 'CPUs',
  memoryBytes: 'memory',
}

/** What changes seconds, and what changes how large an image is said to be. */
const FOR_TIMES: readonly (keyof MeasureEnvironment)[] = [
  ...(['engine', 'buildkit', 'driver', 'store', 'storage', 'os', 'arch', 'cpus', 'memoryBytes'] as const),
]
const FOR_SIZES: readonly (keyof MeasureEnvironment)[] = ['store', 'storage', 'os', 'arch']

/** Machines of one kind say slightly different amounts of memory. */
const MEMORY_SHARE = 0.05

/** Lists the differences between two machines and methods. */
export function findDifferences(baseline: MeasureReport, now: MeasureReport): Differences {
  const fields = FOR_TIMES.filter((field) => !isSame(field, baseline.environment, now.environment))
  const others = fields.map((field) => {
    return `${NAMES[field]} ${show(now.environment[field])} instead of ${show(baseline.environment[field])}`
  })
  const isOtherMethod = baseline.method.version !== now.method.version
  const flags = [baseline.method.flags.join(' '), now.method.flags.join(' ')] as const
  const isOtherCall = flags[0] !== flags[1]
  const isUnknown = baseline.environment.engine === null && now.environment.engine === null
  return {
    all: [
      ...others,
      ...(isUnknown ? ['where the builds ran is not known'] : []),
      ...(isOtherMethod ? ['another version of this program measured in another way'] : []),
      ...(isOtherCall ? [`docker ran with "${flags[1]}" instead of "${flags[0]}"`] : []),
    ],
    compareTimes: others.length === 0 && !isUnknown && !isOtherMethod && !isOtherCall,
    compareSizes: !FOR_SIZES.some((field) => fields.includes(field)) && !isOtherMethod,
  }
}

function isSame(
  field: keyof MeasureEnvironment,
  one: MeasureEnvironment,
  other: MeasureEnvironment,
): boolean {
  const [before, after] = [one[field], other[field]]
  if (field !== 'memoryBytes' || typeof before !== 'number' || typeof after !== 'number')
    return before === after
  return Math.abs(before - after) <= MEMORY_SHARE * before
}

function show(value: string | number | null): string {
  return value === null ? 'unknown' : String(value)
}

/** The build of a baseline that a build is compared with; null: it is new. */
export function findCounterpart(
  build: MeasuredBuild,
  {builds}: MeasureReport,
  now: MeasureReport,
): MeasuredBuild | null {
  const same = builds.find((one) => {
    return one.name === build.name && one.target === build.target && one.platform === build.platform
  })
  const byName = builds.filter((one) => one.name === build.name && one.platform === build.platform)
  const isOnly = builds.length === 1 && now.builds.length === 1 && builds[0]!.platform === build.platform
  return same ?? (byName.length === 1 ? byName[0]! : isOnly ? builds[0]! : null)
}

/** Compares the figures that both have. */
export function compareBuilds(
  before: MeasuredBuild,
  after: MeasuredBuild,
  differences: Differences,
): MeasureChange[] {
  const known = new Map(listFigures(before).map((figure) => [figure.figure, figure]))
  return listFigures(after).flatMap((figure) => {
    const was = known.get(figure.figure)
    if (was === undefined) return []
    return [
      figure.unit === 'seconds'
        ? compareSeconds(was, figure, {before, after}, differences)
        : compareBytes(was, figure, {before, after}, differences),
    ]
  })
}

function compareSeconds(
  was: FigureValue,
  is: FigureValue,
  {before, after}: {before: MeasuredBuild; after: MeasuredBuild},
  differences: Differences,
): MeasureChange {
  const runs = {
    before: was.runs.length,
    after: is.runs.length,
    beforeSpread: spreadOf(was),
    afterSpread: spreadOf(is),
  }
  const change = {...describe(was, is), runs}
  const isOther = changedPathOf(before, is.figure) !== changedPathOf(after, is.figure)
  if (!differences.compareTimes || isOther) {
    const remark = isOther ? 'another file was changed' : 'another machine or method'
    return {...change, verdict: 'not-comparable', remark}
  }
  const verdict = compareTimes(was.runs, is.runs)
  return {...change, verdict, remark: verdict === 'same' ? explainSame(was, is) : null}
}

function spreadOf({runs}: FigureValue): number {
  const seconds = runs.map((run) => run.seconds)
  return Math.round((Math.max(...seconds) - Math.min(...seconds)) * 1000) / 1000
}

function changedPathOf({scenarios}: MeasuredBuild, figure: MeasureFigure): string | null {
  return scenarios.find(({name}) => name === figure)?.changedPath ?? null
}

function explainSame(was: FigureValue, is: FigureValue): string | null {
  if (Math.min(was.runs.length, is.runs.length) < MIN_RUNS)
    return `fewer than ${MIN_RUNS} runs cannot show a difference`
  return was.value === is.value ? null : 'the ranges overlap'
}

/** Shares and bytes by which equal trees differ: times in archives, compression, logs that a command writes. */
const NOISE: Partial<Record<MeasureFigure, {share: number; bytes: number}>> = {
  pull: {share: 0.005, bytes: 1000},
  deploy: {share: 0.005, bytes: 1000},
}
const LITTLE_NOISE = {share: 0.001, bytes: 64}

function compareBytes(
  was: FigureValue,
  is: FigureValue,
  {before, after}: {before: MeasuredBuild; after: MeasuredBuild},
  {compareSizes}: Differences,
): MeasureChange {
  const change = {...describe(was, is), runs: null}
  const isOfImage = is.figure !== 'transfer'
  if (isOfImage && !compareSizes) return {...change, verdict: 'not-comparable', remark: 'another image store'}
  if (was.isEstimate !== is.isEstimate)
    return {...change, verdict: 'not-comparable', remark: 'one of them is an estimate'}
  const {share, bytes} = NOISE[is.figure] ?? LITTLE_NOISE
  // What hides and what a deploy pulls are parts: noise goes with the whole.
  const whole = Math.max(was.value, is.value, wholeOf(before, is.figure), wholeOf(after, is.figure))
  const isSameSize = Math.abs(is.value - was.value) <= Math.max(bytes, share * whole)
  const verdict = isSameSize ? 'same' : is.value < was.value ? 'less' : 'more'
  return {...change, verdict, remark: null}
}

function wholeOf({image}: MeasuredBuild, figure: MeasureFigure): number {
  if (image === null) return 0
  return figure === 'hidden' ? image.unpackedBytes : figure === 'deploy' ? image.pullBytes : 0
}

function describe(
  was: FigureValue,
  is: FigureValue,
): Pick<MeasureChange, 'figure' | 'unit' | 'before' | 'after' | 'percent'> {
  const percent = was.value === 0 ? null : Math.round((1000 * (is.value - was.value)) / was.value) / 10
  return {figure: is.figure, unit: is.unit, before: was.value, after: is.value, percent}
}
