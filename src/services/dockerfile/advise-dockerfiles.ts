import path from 'node:path'
import {listEvidence} from '../../advice/facts/evidence.js'
import {listWantedByRewrites} from '../../advice/rewrites/wanted-evidence.js'
import {findRewrites, type RewriteBuild} from '../../advice/suggest/find-rewrites.js'
import {DockerfileError, SlimCheckError} from '../../errors.js'
import {readBeginnings} from '../../host/files/read-file.js'
import {decodeText} from '../../languages/dockerfile/syntax/source-lines.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {DockerfileReport, Rewrite, RewrittenBuild} from '../../report/dockerfile-report.js'
import {askBuilds, type BuildRequest, loadSettings} from '../load/ask-builds.js'
import {toContextPath} from '../load/load-ignore-file.js'
import {evaluateContent} from '../load/load-plan.js'
import {dockerfileOf, loadProject, type WalkSettings} from '../load/load-project.js'
import type {LoadedPlan, Project} from '../project.js'

/** What `dockerfile` is asked: a build, or which ones of a project. */
export type AdviseRequest = BuildRequest & WalkSettings

/** A Dockerfile with its rewrites, and the builds that they are proved for. */
interface AdvisedFile {
  /** As the report names it. */
  file: string
  /** Absolute; null for standard input. */
  hostPath: string | null
  content: Uint8Array
  /** The content as text, without its byte-order mark. */
  text: string
  rewrites: readonly Rewrite[]
  builds: readonly BuildOptions[]
}

/** A report with what stands behind it. */
export interface DockerfileAdvice {
  report: DockerfileReport
  files: readonly AdvisedFile[]
}

type AskedPlan = Project['builds'][number]

/** A file with more stages than these is proved for the first ones only. */
const MAX_OTHER_TARGETS = 20

/** Finds what to write differently in Dockerfiles. @throws SlimCheckError as `analyzeContext`, and without any Dockerfile */
export async function adviseDockerfiles(request: AdviseRequest): Promise<DockerfileAdvice> {
  const {contextDir, workingDir = process.cwd()} = request.build
  const baseDir = path.resolve(workingDir, contextDir)
  const {settings} = await loadSettings(request)
  const asked = await askBuilds(request, settings)
  const {builds, failed} = await loadProject(asked.builds, baseDir, request)
  const groups = groupByDockerfile(builds)
  if (groups.length === 0 && failed.length === 0) {
    throw new SlimCheckError('dockerfile-not-found', {path: path.join(contextDir, 'Dockerfile')})
  }
  const advised = groups.map((group) => adviseFile(group, baseDir))
  const report: DockerfileReport = {
    schemaVersion: 1,
    context: contextDir,
    builds: advised.flatMap((one) => one.reported),
    failed: failed.map(({name, error}) => ({name, message: error.message})),
    rewrites: advised.flatMap(({advice}) => advice.rewrites),
  }
  return {report, files: advised.map(({advice}) => advice)}
}

/** Builds of one file; those without a Dockerfile are left out. */
function groupByDockerfile(builds: readonly AskedPlan[]): AskedPlan[][] {
  const groups = new Map<string, AskedPlan[]>()
  for (const build of builds) {
    if (build.plan.dockerfile === null) continue
    const key = dockerfileOf(build.plan) ?? '-'
    groups.set(key, [...(groups.get(key) ?? []), build])
  }
  return [...groups.values()]
}

function adviseFile(
  group: readonly AskedPlan[],
  baseDir: string,
): {advice: AdvisedFile; reported: RewrittenBuild[]} {
  const {plan} = group[0]!
  const hostPath = dockerfileOf(plan)
  const file = hostPath === null ? '-' : toContextPath(baseDir, hostPath)
  const {content} = plan.dockerfile!
  const text = decodeText(content)
  const builds = group.map((build) => createRewriteBuild(build, text))
  const reported = builds.map(({name, targets: [target = null, ...others]}) => {
    return {name, dockerfile: file, target, otherTargets: others.filter((other) => other !== null)}
  })
  const rewrites = findRewrites({file, text, builds})
  return {
    advice: {file, hostPath, content, text, rewrites, builds: group.map(({asked}) => asked.options)},
    reported,
  }
}

/** @throws SlimCheckError for a context that cannot be read */
function createRewriteBuild(build: LoadedPlan & Pick<AskedPlan, 'asked'>, text: string): RewriteBuild {
  const {plan, context, asked} = build
  const {tree, hostPath, walked} = context
  if (walked.problem !== null) {
    throw new SlimCheckError('context-unreadable', {path: plan.context.path, reason: walked.problem})
  }
  const rules = plan.context.ignoreFile?.rules ?? null
  const evaluate = (changed: string, stage: string | null) => evaluateStage(changed, stage, asked.options)
  return {
    name: plan.name,
    tree,
    rules,
    evidence: readBeginnings(hostPath, listEvidence(tree, listWantedByRewrites(), rules)),
    targets: [plan.target, ...listOtherTargets(build, text, evaluate)],
    evaluate,
  }
}

/** The stages with a name that can be built besides the one that is. */
function listOtherTargets({plan}: LoadedPlan, text: string, evaluate: RewriteBuild['evaluate']): string[] {
  const {stages} = plan.dockerfile!.evaluated
  const names = stages.flatMap(({name, isTarget}) => (name === null || isTarget ? [] : [name]))
  return [...new Set(names)].slice(0, MAX_OTHER_TARGETS).filter((name) => {
    try {
      evaluate(text, name)
      return true
    } catch (error) {
      if (error instanceof DockerfileError) return false
      throw error
    }
  })
}

function evaluateStage(text: string, stage: string | null, options: BuildOptions) {
  const {target: _, ...rest} = options
  return evaluateContent(text, stage === null ? rest : {...rest, target: stage})
}
