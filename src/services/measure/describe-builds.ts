import path from 'node:path'
import {sumUpRuns} from '../../measure/build/sum-up-runs.js'
import type {MeasuredBuild, MeasuredTransfer} from '../../report/measure/measure-report.js'
import type {FailedBuild} from '../load/load-builds.js'
import {measureDeploy, measureImage} from './measure-image.js'
import type {MeasureRequest} from './measure-request.js'
import {dockerfilePathOf, type MeasurePlan} from './plan-measures.js'
import type {PlanRuns} from './run-scenarios.js'

/** What the runs of a plan say of its build. @throws SlimCheckError for an image that cannot be read */
export async function describeRuns(measured: PlanRuns): Promise<MeasuredBuild> {
  const {plan, runs, commands, imageTag, imageRecord, sourceTag, error} = measured
  const scenarios = [...runs].map(([name, list]) => {
    const changed = name === 'source' ? plan.sourceFile : name === 'lock' ? plan.lockFile : null
    return sumUpRuns(name, list, changed)
  })
  const dockerfile = dockerfilePathOf(plan)
  const origin = {dockerfile, recordId: imageRecord}
  const image = imageTag === null ? null : await measureImage(imageTag, plan.platform, origin)
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

/** A build before it has run. */
export function describePlan({
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

/** A build of which nothing is known but its name. */
export const NOTHING: Omit<MeasuredBuild, 'name'> = {
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
  rewrites: [],
  changes: [],
  reasons: [],
  problem: null,
}

/** A build that cannot start. */
export function describeFailed({name, options, error}: FailedBuild): MeasuredBuild {
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

/** An image of the engine that nothing builds. @throws SlimCheckError for one that is not there */
export async function describeImage(
  ref: string,
  {build, platforms = []}: MeasureRequest,
): Promise<MeasuredBuild> {
  const {dockerfile, workingDir = process.cwd()} = build
  const file = dockerfile === undefined ? null : path.resolve(workingDir, dockerfile)
  const platform = platforms[0] ?? null
  return {
    ...NOTHING,
    name: ref,
    platform,
    image: await measureImage(ref, platform, {dockerfile: file, recordId: null}),
  }
}
