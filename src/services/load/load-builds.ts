import path from 'node:path'
import {SlimCheckError, type ToldBuild} from '../../errors.js'
import {createProjectFiles} from '../../host/files/create-project-files.js'
import {capitalize} from '../../languages/text/sentence.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import {explainMissing} from '../../plan/explain-missing.js'
import {Evaluations} from './evaluate-content.js'
import {loadPlan} from './load-plan.js'

/** A build that is asked for. */
export interface AskedBuild {
  /** The service, bake target or Dockerfile path; default: the Dockerfile's path. */
  name?: string
  options: BuildOptions
  /** The place in a file that defines it, relative to the working directory. */
  origin?: {file: string; line: number} | null
  /** Where its context and its Dockerfile are written there. */
  contextOrigin?: {file: string; line: number}
  dockerfileOrigin?: {file: string; line: number}
}

/** A build that would fail before its first step, and why. */
export interface FailedBuild {
  name: string
  options: BuildOptions
  /** In its own words: where it is told of stands beside it. */
  error: SlimCheckError
  origin?: {file: string; line: number} | null
  /** What would help. */
  fix?: string
}

/** A build with its plan. */
export interface PlannedBuild {
  asked: AskedBuild
  plan: BuildPlan
}

/** Loads the plan of each build. @throws SlimCheckError of the only build; of several, it is told with the others */
export function loadBuilds(
  builds: readonly AskedBuild[],
  evaluations = new Evaluations(),
): {
  planned: PlannedBuild[]
  failed: FailedBuild[]
} {
  const planned: PlannedBuild[] = []
  const failed: FailedBuild[] = []
  for (const build of builds) {
    try {
      const plan = loadPlan(build.options, evaluations)
      planned.push({asked: build, plan: build.name === undefined ? plan : {...plan, name: build.name}})
    } catch (error) {
      if (!(error instanceof SlimCheckError)) throw error
      failed.push(describeFailedBuild(build, error))
    }
  }
  if (builds.length === 1 && failed[0] !== undefined) throw toError(failed[0])
  return {planned, failed}
}

/** The error of a build that is the only one: it says where the build is told of. */
export function toError({name, error, origin, fix}: FailedBuild): SlimCheckError {
  const {code, data} = error
  if (code !== 'context-not-found' && !isOfDockerfile(code)) return error
  const told: ToldBuild = {...(origin && {...origin, build: name}), ...(fix !== undefined && {fix})}
  return new SlimCheckError(code, {...(data as {path: string; reason: string}), ...told})
}

function describeFailedBuild(build: AskedBuild, error: SlimCheckError): FailedBuild {
  const {options} = build
  const origin = findOrigin(build, error)
  const fix = explainError(build, error)
  return {
    name: build.name ?? options.dockerfile ?? options.contextDir,
    options,
    error,
    ...(origin && {origin}),
    ...(fix !== undefined && {fix: capitalize(fix)}),
  }
}

/** The value that is wrong, else the build. */
function findOrigin({origin, contextOrigin, dockerfileOrigin}: AskedBuild, {code}: SlimCheckError) {
  if (code === 'context-not-found') return contextOrigin ?? origin
  return isOfDockerfile(code) ? (dockerfileOrigin ?? origin) : origin
}

function isOfDockerfile(
  code: SlimCheckError['code'],
): code is 'dockerfile-not-found' | 'dockerfile-unreadable' {
  return code === 'dockerfile-not-found' || code === 'dockerfile-unreadable'
}

function explainError({options, origin}: AskedBuild, {code, data}: SlimCheckError): string | undefined {
  const {fix} = data as {fix?: string}
  if (fix !== undefined) return fix
  if (code !== 'context-not-found' && code !== 'dockerfile-not-found') return undefined
  const rootDir = path.resolve(options.workingDir ?? process.cwd())
  const missing = {
    contextPath: path.resolve(rootDir, options.contextDir),
    ...(code === 'dockerfile-not-found' && {
      dockerfilePath: path.resolve(
        rootDir,
        options.dockerfile ?? path.join(options.contextDir, 'Dockerfile'),
      ),
    }),
    ...(origin && {toldBy: path.resolve(rootDir, origin.file)}),
    rootDir,
  }
  return explainMissing(missing, createProjectFiles())
}

const ABSENT: ReadonlySet<string> = new Set(['context-not-found', 'dockerfile-not-found'])

/** The context or the Dockerfile that is not there, as the error tells it; null for another error. */
export function absentPathOf({code, data}: SlimCheckError): string | null {
  return ABSENT.has(code) ? (data as {path: string}).path : null
}
