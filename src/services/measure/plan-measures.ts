import {createHash} from 'node:crypto'
import os from 'node:os'
import path from 'node:path'
import {ContextView} from '../../build/cache/context-view.js'
import {createBuildGraph} from '../../build/graph/create-build-graph.js'
import type {Settings} from '../../config/settings.js'
import {SlimCheckError} from '../../errors.js'
import {isSpecialContext} from '../../plan/build-location.js'
import {placeAccess, type StepAccess} from '../../plan/build-secrets.js'
import {measurePlans} from '../analysis/measure-project.js'
import {chooseLockFile, chooseSourceFile, directoryOf} from '../cache/changes/choose-files.js'
import {DirectoryDigests} from '../cache/predict/file-digests.js'
import {askBuilds, loadSettings} from '../load/ask-builds.js'
import {type AskedBuild, type FailedBuild, loadBuilds} from '../load/load-builds.js'
import {dockerfileOf} from '../load/load-project.js'
import type {Build} from '../project.js'
import type {MeasureRequest} from './measure-request.js'

/** A build that is to be measured on one platform. */
export interface MeasurePlan {
  asked: AskedBuild
  build: Build
  /** Null: the builder's own. */
  platform: string | null
  /** The file that stands for an everyday edit, and the lock file; null: none is sent. */
  sourceFile: string | null
  lockFile: string | null
  /** Lines of the Dockerfile by the names of the steps. */
  lines: ReadonlyMap<string, number>
  dockerfileSha: string
  ignoreFileSha: string | null
  contextSha: string
}

/** The builds of a request, with what they read. @throws SlimCheckError when it could not run */
export async function planMeasures(
  request: MeasureRequest,
): Promise<{plans: MeasurePlan[]; failed: readonly FailedBuild[]; settings: Settings}> {
  const {settings} = await loadSettings(request)
  const {builds} = await askBuilds(request, settings)
  const {planned, failed} = loadBuilds(builds)
  const {indexDir = null, onProgress, platforms = []} = request
  const measured = await measurePlans(
    planned.map(({plan}) => plan),
    {indexDir, ...(onProgress && {onProgress})},
  )
  const digests = new Map<string, DirectoryDigests>()
  const plans: MeasurePlan[] = []
  for (const [at, build] of measured.entries()) {
    const {asked} = planned[at]!
    const {tree, hostPath} = build.context
    const own = digests.get(hostPath) ?? new DirectoryDigests(tree, hostPath)
    digests.set(hostPath, own)
    const plan = await describeBuild(asked, build, own)
    const wanted = platforms.length > 0 ? platforms : [asked.options.platform ?? null]
    plans.push(...wanted.map((platform) => ({...plan, platform})))
  }
  return {plans, failed, settings}
}

async function describeBuild(
  asked: AskedBuild,
  build: Build,
  digests: DirectoryDigests,
): Promise<Omit<MeasurePlan, 'platform'>> {
  const {plan, main, context} = build
  if (plan.dockerfile === null)
    throw new SlimCheckError('dockerfile-not-found', {path: path.join(plan.context.path, 'Dockerfile')})
  const view = new ContextView(context.tree, main.selection, digests)
  const near = directoryOf(plan)
  const {steps} = createBuildGraph(plan.dockerfile.evaluated)
  const {ignoreFile} = plan.context
  return {
    asked,
    build,
    sourceFile: main.requests.usesContext ? chooseSourceFile(view, {near}) : null,
    lockFile: main.requests.usesContext ? chooseLockFile(view, near) : null,
    lines: new Map(steps.map(({text, line}) => [text, line])),
    dockerfileSha: toSha(plan.dockerfile.content),
    ignoreFileSha: ignoreFile === null ? null : toSha(ignoreFile.content),
    contextSha: await digestContext(build, digests),
  }
}

function toSha(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Of what is sent: paths, modes, sizes, contents; no times, which every checkout has its own of. */
async function digestContext({context, main}: Build, digests: DirectoryDigests): Promise<string> {
  const {tree} = context
  const {entries} = main.selection
  await digests.read([...entries].filter((entry) => tree.isFile(entry)))
  const hash = createHash('sha256')
  for (const entry of entries) {
    const content = tree.isFile(entry) ? `${tree.sizeOf(entry)} ${digests.digestOf(entry) ?? '?'}` : ''
    hash.update(`${tree.pathOf(entry)}\0${tree.modeOf(entry)}\0${content}\0`)
  }
  return hash.digest('hex')
}

/** The Dockerfile of a plan, absolute. Null where it comes from standard input, or is written in another file. */
export function dockerfilePathOf({build}: MeasurePlan): string | null {
  return dockerfileOf(build.plan)
}

/** Named contexts with absolute paths; what Docker fetches itself stays as it is written. */
export function namedContextsOf({asked}: MeasurePlan): Record<string, string> {
  const {buildContexts = {}, workingDir = process.cwd()} = asked.options
  return Object.fromEntries(
    Object.entries(buildContexts).map(([name, given]) => {
      return [name, isSpecialContext(given) ? given : path.resolve(workingDir, given)]
    }),
  )
}

/** What its RUNs may use, with absolute files. */
export function accessOf({asked}: MeasurePlan): StepAccess {
  const {workingDir = process.cwd()} = asked.options
  return placeAccess(asked.options, (file) => path.resolve(workingDir, file))
}

/** Variables for docker that secrets are read from and that only a file of variables sets. */
export function secretVariablesOf({asked}: MeasurePlan): Record<string, string> {
  const {secrets = []} = asked.options
  return Object.fromEntries(
    secrets.flatMap(({variable, read}): [string, string][] => {
      const value = variable === undefined || process.env[variable] !== undefined ? undefined : read?.()
      return value === undefined ? [] : [[variable!, value]]
    }),
  )
}

/** Keeps the cache mounts of a project's measurements apart; the same for each, so that old ones do not pile up. */
export function namespaceOf({build}: MeasurePlan): string {
  const text = `${os.hostname()}\0${build.context.hostPath}`
  return `slim-check-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}
