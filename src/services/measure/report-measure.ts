import path from 'node:path'
import {settingsForBuild} from '../../config/apply-settings.js'
import {LIMIT_EXAMPLES, readMeasureLimit} from '../../config/measure-limits.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {loadEngine} from '../../host/docker/load-engine.js'
import {findFlagProblem, hideValues} from '../../host/docker/measure-words.js'
import {LoadProbe} from '../../host/process/measure/load-probe.js'
import {judgeReport} from '../../measure/build/compare-with-baseline.js'
import {sumUpRuns} from '../../measure/build/sum-up-runs.js'
import {
  MEASURE_LIMIT_NAMES,
  type MeasuredBuild,
  type MeasuredTransfer,
  type MeasureEnvironment,
  type MeasureLimits,
  type MeasureReport,
} from '../../report/measure/measure-report.js'
import {loadSettings} from '../load/ask-builds.js'
import type {FailedBuild} from '../load/load-builds.js'
import {loadMeasureBaseline} from './baseline-file.js'
import {showCommand} from './build-runner.js'
import {measureDeploy, measureImage} from './measure-image.js'
import {DEFAULT_RUNS, DEFAULT_SCENARIOS, type MeasureRequest} from './measure-request.js'
import {MeasureSession} from './measure-session.js'
import {dockerfilePathOf, type MeasurePlan, planMeasures} from './plan-measures.js'
import {type PlanRuns, runScenarios} from './run-scenarios.js'

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
  const {against = null, builder = null, build} = request
  const baseline = against === null ? null : loadMeasureBaseline(against, build.workingDir)
  const found = await loadEngine(builder)
  if (found.environment === null) throw new SlimCheckError('measure-needs-engine', {reason: found.problem})
  const {environment} = found
  const date = new Date().toISOString()
  const {settings, builds, notes} = await measureRequest(request)
  const report = createReport(request, {environment, date, builds, notes})
  const judged = judgeReport(report, baseline, ({name}) => limitsOf(settings, name, request.limits))
  return {report: judged, settings}
}

interface MeasuredRequest {
  settings: Settings
  builds: MeasuredBuild[]
  notes: string[]
}

async function measureRequest(request: MeasureRequest): Promise<MeasuredRequest> {
  const {images = []} = request
  if (images.length > 0) {
    const {settings} = await loadSettings(request)
    const builds = await Promise.all(images.map((ref) => lookAtImage(ref, request)))
    return {settings, builds, notes: []}
  }
  const {plans, failed, settings} = await planMeasures(request)
  const {builds, notes} = await measureAll(request, plans)
  return {settings, builds: [...builds, ...failed.map(describeFailed)], notes}
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
        message: `--${name}: ${JSON.stringify(text)} is no limit`,
        nextStep: `Give it as ${LIMIT_EXAMPLES[name]}`,
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
    message: `docker buildx build gets no --${problem.flag} here: ${problem.reason}`,
    nextStep: 'Leave it out',
  })
}

/** Flags for the builder: those behind `--`, and the name of the builder. */
function flagsOf({dockerFlags = [], builder = null}: MeasureRequest): string[] {
  return [...(builder === null ? [] : [`--builder=${builder}`]), ...dockerFlags]
}

async function measureAll(
  request: MeasureRequest,
  plans: readonly MeasurePlan[],
): Promise<{builds: MeasuredBuild[]; notes: string[]}> {
  const {scenarios = DEFAULT_SCENARIOS, runs = DEFAULT_RUNS, onBuild} = request
  if (plans.length === 0) return {builds: [], notes: []}
  const session = await MeasureSession.open(plans[0]!.build.context.hostPath)
  try {
    const settings = {
      scenarios,
      runs,
      flags: flagsOf(request),
      probe: new LoadProbe(),
      ...(onBuild && {onBuild}),
    }
    const measured = await runScenarios(session, plans, settings)
    const [only] = measured
    if (measured.every(({error}) => error !== null)) throw only!.error!
    const builds: MeasuredBuild[] = []
    for (const one of measured) {
      session.checkGoing()
      builds.push(await describeRuns(one))
    }
    return {builds, notes: await findChanges(request, plans)}
  } finally {
    await session.close()
  }
}

/** Whether somebody worked on the files meanwhile. */
async function findChanges(request: MeasureRequest, plans: readonly MeasurePlan[]): Promise<string[]> {
  const {plans: now} = await planMeasures(request)
  const changed = plans.filter(({contextSha}, at) => now[at]?.contextSha !== contextSha)
  const names = [...new Set(changed.map(({build}) => build.plan.name))]
  return names.map(
    (name) => `Files that the build of "${name}" reads changed while it was measured: measure again`,
  )
}

async function describeRuns(measured: PlanRuns): Promise<MeasuredBuild> {
  const {plan, runs, commands, imageTag, sourceTag, error} = measured
  const scenarios = [...runs].map(([name, list]) => {
    const changed = name === 'source' ? plan.sourceFile : name === 'lock' ? plan.lockFile : null
    return sumUpRuns(name, list, changed)
  })
  const dockerfile = dockerfilePathOf(plan)
  const image = imageTag === null ? null : await measureImage(imageTag, plan.platform, {dockerfile})
  return {
    ...describePlan(plan),
    commands,
    scenarios,
    transfer: compareTransfer(measured),
    image,
    deploy: image === null || sourceTag === null ? null : await measureDeploy(image, sourceTag),
    problem: error?.message ?? null,
  }
}

function describePlan({
  build,
  platform,
  dockerfileSha,
  ignoreFileSha,
  contextSha,
}: MeasurePlan): MeasuredBuild {
  const {plan} = build
  return {
    ...NOTHING,
    name: plan.name,
    dockerfile: plan.dockerfile?.path ?? null,
    target: plan.target,
    platform,
    dockerfileSha,
    ignoreFileSha,
    contextSha,
    ignoreLines: plan.context.ignoreFile?.rules.patterns.map(({text}) => text) ?? [],
  }
}

const NOTHING: Omit<MeasuredBuild, 'name'> = {
  dockerfile: null,
  target: null,
  platform: null,
  dockerfileSha: null,
  ignoreFileSha: null,
  contextSha: null,
  commands: [],
  scenarios: [],
  transfer: null,
  image: null,
  deploy: null,
  smoke: null,
  ignoreLines: [],
  changes: [],
  reasons: [],
  problem: null,
}

function describeFailed({name, options, error}: FailedBuild): MeasuredBuild {
  return {
    ...NOTHING,
    name,
    dockerfile: options.dockerfile ?? null,
    target: options.target ?? null,
    platform: options.platform ?? null,
    problem: error.message,
  }
}

/** What crossed beside what was predicted. A context that the builder fetches itself is not counted. */
function compareTransfer({plan, transfers}: PlanRuns): MeasuredTransfer | null {
  const {transferBytes, rebuildTransferBytes} = plan.build.main.transfer.sizes
  if (!plan.build.main.requests.usesContext || plan.build.plan.context.git !== undefined) return null
  const {first, again} = transfers
  const isFirstRight = first === null || first === transferBytes
  const isAgainRight = again === null || again === rebuildTransferBytes
  return {
    predictedBytes: transferBytes,
    measuredBytes: first,
    predictedRebuildBytes: rebuildTransferBytes,
    measuredRebuildBytes: again,
    agrees: first === null && again === null ? null : isFirstRight && isAgainRight,
  }
}

async function lookAtImage(ref: string, {build, platforms = []}: MeasureRequest): Promise<MeasuredBuild> {
  const {dockerfile, workingDir = process.cwd()} = build
  const file = dockerfile === undefined ? null : path.resolve(workingDir, dockerfile)
  const platform = platforms[0] ?? null
  return {...NOTHING, name: ref, platform, image: await measureImage(ref, platform, {dockerfile: file})}
}

function createReport(
  {build, scenarios = DEFAULT_SCENARIOS, runs = DEFAULT_RUNS, toolVersion = '', ...request}: MeasureRequest,
  measured: {environment: MeasureEnvironment; date: string; builds: MeasuredBuild[]; notes: string[]},
): MeasureReport {
  const {environment, date, builds, notes} = measured
  const flags = hideValues(flagsOf({build, ...request}))
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
    const show = (isCold: boolean): string =>
      showCommand(plan, {contextPath: hostPath, isCold, tag: '', flags: flagsOf(request)})
    const kinds = [...(scenarios.includes('cold') ? [true] : []), ...(isWarm(scenarios) ? [false] : [])]
    return {build: plan.build.plan.name, commands: kinds.map(show)}
  })
}

function isWarm(scenarios: readonly string[]): boolean {
  return scenarios.some((name) => name !== 'cold')
}
