import path from 'node:path'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {readBuildRecord} from '../../host/archive/read-build-record.js'
import {BuildReader} from '../../measure/build/read-build.js'
import {sumUpRuns} from '../../measure/build/sum-up-runs.js'
import {readStatus} from '../../measure/times/read-status.js'
import {
  MEASURE_SCENARIOS,
  type MeasuredBuild,
  type MeasuredRun,
  type MeasureEnvironment,
  type MeasureScenarioName,
} from '../../report/measure/measure-report.js'
import {loadSettings} from '../load/ask-builds.js'
import {describePlan, NOTHING} from './describe-builds.js'
import type {MeasureRequest} from './measure-request.js'
import {type MeasurePlan, planMeasures} from './plan-measures.js'

/** A record does not say where it was made. */
export const UNKNOWN_ENVIRONMENT: MeasureEnvironment = {
  engine: null,
  buildkit: null,
  buildx: null,
  builder: null,
  driver: null,
  store: null,
  storage: null,
  os: null,
  arch: null,
  cpus: null,
  memoryBytes: null,
}

/** Takes steps and seconds from records of past builds, all of one build. @throws SlimCheckError `build-record-invalid` */
export async function describeRecords(
  files: readonly string[],
  request: MeasureRequest,
): Promise<{builds: MeasuredBuild[]; settings: Settings}> {
  const {settings, plan} = await findPlan(request)
  const {workingDir = process.cwd()} = request.build
  const runs = new Map<MeasureScenarioName, MeasuredRun[]>()
  for (const file of files) {
    const content = await readBuildRecord(path.resolve(workingDir, file), file)
    const run = readRun(content, plan, file)
    const name = nameScenario(run)
    runs.set(name, [...(runs.get(name) ?? []), run])
  }
  const scenarios = MEASURE_SCENARIOS.flatMap((name) => {
    const own = runs.get(name)
    return own === undefined ? [] : [{...sumUpRuns(name, own, null), title: TITLES[name], coldDegree: null}]
  })
  const described = plan === null ? {...NOTHING, name: path.basename(files[0]!)} : describePlan(plan)
  return {builds: [{...described, contextSha: null, scenarios}], settings}
}

const TITLES: Record<MeasureScenarioName, string> = {
  cold: 'a recorded build in which every step ran',
  unchanged: 'a recorded build in which no step ran',
  source: 'a recorded build in which some steps ran',
  lock: 'a recorded build',
}

/** The build that the records are of, where only one is asked for. */
async function findPlan(request: MeasureRequest): Promise<{settings: Settings; plan: MeasurePlan | null}> {
  try {
    const {plans, settings} = await planMeasures(request)
    return {settings, plan: plans.length === 1 ? plans[0]! : null}
  } catch (error) {
    if (!(error instanceof SlimCheckError) || error.code !== 'dockerfile-not-found') throw error
    return {settings: (await loadSettings(request)).settings, plan: null}
  }
}

function readRun(content: Uint8Array, plan: MeasurePlan | null, file: string): MeasuredRun {
  const reader = new BuildReader()
  let begun = Number.POSITIVE_INFINITY
  let ended = 0
  for (const event of readStatus(content)) {
    reader.read(JSON.stringify({vertexes: [event]}))
    if (event.started !== undefined) begun = Math.min(begun, Date.parse(event.started))
    if (event.completed !== undefined) ended = Math.max(ended, Date.parse(event.completed))
  }
  const {steps, exportSeconds} = reader.sumUp((text) => plan?.lines.get(text) ?? null)
  if (steps.length === 0 || !(ended >= begun))
    throw new SlimCheckError('build-record-invalid', {path: file, reason: 'it has no steps'})
  const seconds = Math.round(ended - begun) / 1000
  const buildSeconds = Math.round(Math.max(0, seconds - exportSeconds) * 1000) / 1000
  return {seconds, exportSeconds, buildSeconds, transferBytes: null, load: 1, steps}
}

/** A record does not say what had changed: what ran tells the kinds apart. */
function nameScenario({steps}: MeasuredRun): MeasureScenarioName {
  // A WORKDIR may be cached even where nothing else is.
  const counted = steps.filter(({text}) => !/^\[[^\]]*\] (?:FROM|WORKDIR) /.test(text))
  if (counted.every(({cached}) => cached)) return 'unchanged'
  return counted.some(({cached}) => cached) ? 'source' : 'cold'
}
