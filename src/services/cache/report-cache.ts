import type {Settings} from '../../config/settings.js'
import {mergeTimes} from '../../measure/times/step-times.js'
import type {CacheBuildReport, CacheReport} from '../../report/cache-report.js'
import {measurePlans} from '../analysis/measure-project.js'
import {askBuilds, loadSettings} from '../load/ask-builds.js'
import {type FailedBuild, loadBuilds} from '../load/load-builds.js'
import {BuildReporter} from './build-reporter.js'
import {type CacheRequest, chooseStore} from './cache-request.js'
import {checkBudgets} from './check-cache-budgets.js'
import {loadRecordedTimes, loadStepTimes} from './load-step-times.js'
import {DirectoryDigests} from './predict/file-digests.js'

/** Predicts what changes run again, for every build that is asked for. @throws SlimCheckError when it could not run */
export async function reportCache(request: CacheRequest): Promise<{report: CacheReport; settings: Settings}> {
  const {settings} = await loadSettings(request)
  const {builds} = await askBuilds(request, settings)
  const {planned, failed} = loadBuilds(builds)
  const {indexDir = null, onProgress, timesDir = null} = request
  // Asked for while the contexts are walked: the answer takes as long.
  const directories = [...new Set(planned.map(({plan}) => plan.context.hostPath))]
  const asking = timesDir === null ? [] : directories.map((one) => loadStepTimes(one, timesDir))
  const measured = await measurePlans(
    planned.map(({plan}) => plan),
    {indexDir, ...(onProgress && {onProgress})},
  )
  const recorded = (request.records ?? []).map((file) => loadRecordedTimes(file, request.build.workingDir))
  const times = mergeTimes(await Promise.all([...asking, ...recorded]))
  const digests = new Map<string, DirectoryDigests>()
  const reports: CacheBuildReport[] = []
  for (const [at, build] of measured.entries()) {
    const {asked} = planned[at]!
    const {tree, hostPath} = build.context
    const own = digests.get(hostPath) ?? new DirectoryDigests(tree, hostPath)
    digests.set(hostPath, own)
    reports.push(await new BuildReporter(request, {asked, build, digests: own}, times).report())
  }
  const all = [...reports, ...failed.map(describeFailed)]
  const {builder = 'local', limits = {}, build} = request
  const imageStore = chooseStore(request)
  return {
    report: {
      schemaVersion: 1,
      context: build.contextDir,
      builder,
      imageStore,
      builds: all,
      budgets: checkBudgets(all, limits),
    },
    settings,
  }
}

function describeFailed({name, options, error}: FailedBuild): CacheBuildReport {
  const {dockerfile = 'Dockerfile', target = null} = options
  return {
    name,
    dockerfile,
    target,
    scenarios: [],
    leftOut: [],
    findings: [],
    history: null,
    after: null,
    problem: error.message,
  }
}
