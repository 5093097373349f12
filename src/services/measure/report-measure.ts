import path from 'node:path'
import {settingsForBuild} from '../../config/apply-settings.js'
import {LIMIT_EXAMPLES, readMeasureLimit} from '../../config/measure-limits.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {loadEngine} from '../../host/docker/load-engine.js'
import {findFlagProblem, hideValues} from '../../host/docker/measure-words.js'
import {LoadProbe} from '../../host/process/measure/load-probe.js'
import {judgeReport} from '../../measure/build/compare-with-baseline.js'
import {
  MEASURE_LIMIT_NAMES,
  type MeasuredBuild,
  type MeasureEnvironment,
  type MeasureLimits,
  type MeasureReport,
} from '../../report/measure/measure-report.js'
import {loadSettings} from '../load/ask-builds.js'
import {loadMeasureBaseline} from './baseline-file.js'
import {showCommand} from './build-runner.js'
import {describeFailed, describeImage, describeRuns} from './describe-builds.js'
import {listDockerFlags} from './list-docker-flags.js'
import {listRewrites} from './list-rewrites.js'
import {DEFAULT_RUNS, DEFAULT_SCENARIOS, type MeasureRequest} from './measure-request.js'
import {MeasureSession} from './measure-session.js'
import {type MeasurePlan, planMeasures} from './plan-measures.js'
import {describeRecords, UNKNOWN_ENVIRONMENT} from './read-records.js'
import {runScenarios} from './run-scenarios.js'
import {tryImage} from './smoke/try-image.js'

/**
 * Builds what is asked for with the user's own docker, again and again, and reports times, transfer and image. Nothing of
 * the user's is touched: see docs/measure.md.
 * @throws SlimCheckError when it could not run, or was interrupted
 */
export async function reportMeasure(
  request: MeasureRequest,
): Promise<{report: MeasureReport; settings: Settings}> {
  checkRequest(request)
  // A baseline that cannot be read is told before an hour of builds.
  const {against = null, build} = request
  const baseline = against === null ? null : loadMeasureBaseline(against, build.workingDir)
  const date = new Date().toISOString()
  const {environment, settings, builds, notes} = await measureRequest(request)
  const report = createReport(request, {environment, date, builds, notes})
  const judged = judgeReport(report, baseline, ({name}) => limitsOf(settings, name, request.limits))
  return {report: judged, settings}
}

/** @throws SlimCheckError `measure-needs-engine` */
async function findEnvironment({builder = null}: MeasureRequest): Promise<MeasureEnvironment> {
  const found = await loadEngine(builder)
  if (found.environment !== null) return found.environment
  throw new SlimCheckError('measure-needs-engine', {reason: found.problem})
}

interface MeasuredRequest {
  environment: MeasureEnvironment
  settings: Settings
  builds: MeasuredBuild[]
  notes: string[]
}

async function measureRequest(request: MeasureRequest): Promise<MeasuredRequest> {
  const {images = [], records = []} = request
  if (records.length > 0) return measureRecords(records, request)
  if (images.length > 0) return measureImages(images, request)
  return measureBuilds(request)
}

async function measureRecords(records: readonly string[], request: MeasureRequest): Promise<MeasuredRequest> {
  const notes = ['Times are those of past builds; it is not known on which machine']
  return {...(await describeRecords(records, request)), environment: UNKNOWN_ENVIRONMENT, notes}
}

async function measureImages(images: readonly string[], request: MeasureRequest): Promise<MeasuredRequest> {
  const {build} = request
  const environment = await findEnvironment(request)
  const {settings} = await loadSettings(request)
  const near = path.resolve(build.workingDir ?? process.cwd(), build.contextDir)
  const builds = await inSession(near, async (session) => {
    const looked: MeasuredBuild[] = []
    for (const ref of images) {
      const described = await describeImage(ref, request)
      looked.push(await tryImage(described, ref, {request, settings, session}))
    }
    return looked
  })
  return {environment, settings, builds, notes: []}
}

async function measureBuilds(request: MeasureRequest): Promise<MeasuredRequest> {
  // The engine is asked while the context is read; where it is missing, that is told first.
  const asked = Promise.allSettled([planMeasures(request)])
  const environment = await findEnvironment(request)
  const [planned] = await asked
  if (planned.status === 'rejected') throw planned.reason
  const {plans, failed, settings} = planned.value
  const builds = await measureAll(request, plans, settings)
  const notes = await findChanges(request, plans)
  const rewrites = await listRewrites(request)
  const advised = builds.map((one) => ({...one, rewrites: rewrites.get(one.name) ?? []}))
  return {environment, settings, builds: [...advised, ...failed.map(describeFailed)], notes}
}

/** Does some work between taking the lock and taking everything away. */
async function inSession<T>(near: string, work: (session: MeasureSession) => Promise<T>): Promise<T> {
  const session = await MeasureSession.open(near)
  try {
    const value = await work(session)
    session.checkGoing()
    return value
  } finally {
    await session.close()
  }
}

/** The limits of a build: those of the command line win. */
function limitsOf(settings: Settings, name: string, given: MeasureLimits = {}): MeasureLimits {
  const own = Object.entries(given).filter(([, text]) => text !== undefined)
  return {...settingsForBuild(settings, name).measure, ...Object.fromEntries(own)}
}

/** @throws SlimCheckError `bad-flag` for what could not be done, or judged, afterwards */
function checkRequest({dockerFlags = [], limits = {}, against = null}: MeasureRequest): void {
  checkFlags(dockerFlags)
  for (const name of MEASURE_LIMIT_NAMES) {
    const text = limits[name]
    if (text === undefined) continue
    if (readMeasureLimit(name, text) === null) {
      throw new SlimCheckError('bad-flag', {
        message: `--${name}: ${JSON.stringify(text)} is not a limit`,
        nextStep: `Write it as ${LIMIT_EXAMPLES[name]}`,
      })
    }
    if (against === null && ['max-growth', 'min-saving', 'min-speedup'].includes(name)) {
      throw new SlimCheckError('bad-flag', {
        message: `--${name} needs a baseline to compare with`,
        nextStep: 'Name it with --against',
      })
    }
  }
}

/** @throws SlimCheckError `bad-flag` */
function checkFlags(flags: readonly string[]): void {
  const problem = findFlagProblem(flags)
  if (problem === null) return
  throw new SlimCheckError('bad-flag', {
    message: `--${problem.flag} cannot be passed on to docker buildx build: ${problem.reason}`,
    nextStep: 'Leave it out',
  })
}

async function measureAll(
  request: MeasureRequest,
  plans: readonly MeasurePlan[],
  settings: Settings,
): Promise<MeasuredBuild[]> {
  const {scenarios = DEFAULT_SCENARIOS, runs = DEFAULT_RUNS, onBuild} = request
  const [first] = plans
  if (first === undefined) return []
  const wishes = {
    scenarios,
    runs,
    flags: listDockerFlags(request),
    probe: new LoadProbe(),
    ...(onBuild && {onBuild}),
  }
  return inSession(first.build.context.hostPath, async (session) => {
    const measured = await runScenarios(session, plans, wishes)
    if (measured.every(({error}) => error !== null)) throw measured[0]!.error!
    const settled = session.settle()
    const builds: MeasuredBuild[] = []
    for (const one of measured) {
      session.checkGoing()
      const described = await describeRuns(one)
      // A smoke check may have a limit of time: nothing runs beside it.
      await settled
      builds.push(await tryImage(described, one.imageTag, {request, settings, session}))
    }
    return builds
  })
}

/** Whether somebody worked on the files meanwhile. */
async function findChanges(request: MeasureRequest, plans: readonly MeasurePlan[]): Promise<string[]> {
  const {plans: now} = await planMeasures(request)
  const changed = plans.filter(({contextSha}, at) => now[at]?.contextSha !== contextSha)
  const names = [...new Set(changed.map(({build}) => build.plan.name))]
  return names.map((name) => `Files of the build "${name}" changed while it was measured: measure again`)
}

function createReport(
  {build, scenarios = DEFAULT_SCENARIOS, runs = DEFAULT_RUNS, toolVersion = '', ...request}: MeasureRequest,
  measured: {environment: MeasureEnvironment; date: string; builds: MeasuredBuild[]; notes: string[]},
): MeasureReport {
  const {environment, date, builds, notes} = measured
  const flags = hideValues(listDockerFlags({build, ...request}))
  return {
    schemaVersion: 1,
    context: build.contextDir,
    date,
    environment,
    method: {version: 1, runs, scenarios: [...scenarios], flags, toolVersion},
    builds,
    against: null,
    thresholds: [],
    notes,
  }
}

/** The commands that a measurement would run, without running any. @throws SlimCheckError for builds that cannot start */
export async function listMeasureCommands(
  request: MeasureRequest,
): Promise<{build: string; commands: string[]}[]> {
  checkRequest(request)
  const {plans} = await planMeasures(request)
  const {scenarios = DEFAULT_SCENARIOS} = request
  return plans.map((plan) => {
    const {hostPath} = plan.build.context
    const apartId = scenarios.includes('cold') ? '' : null
    const show = (isCold: boolean): string =>
      showCommand(plan, {contextPath: hostPath, isCold, tag: '', apartId, flags: listDockerFlags(request)})
    const kinds = [...(scenarios.includes('cold') ? [true] : []), ...(isWarm(scenarios) ? [false] : [])]
    return {build: plan.build.plan.name, commands: kinds.map(show)}
  })
}

function isWarm(scenarios: readonly string[]): boolean {
  return scenarios.some((name) => name !== 'cold')
}
