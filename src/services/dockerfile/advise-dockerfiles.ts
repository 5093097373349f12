import path from 'node:path'
import {readInlineIgnores} from '../../advice/rules/inline-ignores.js'
import {findRewrites, type RewriteBuild} from '../../advice/suggest/find-rewrites.js'
import {applyRuleSettings} from '../../config/apply-settings.js'
import type {Settings} from '../../config/settings.js'
import {DockerfileError, SlimCheckError} from '../../errors.js'
import {decodeText} from '../../languages/dockerfile/syntax/source-lines.js'
import {mergeTimes} from '../../measure/times/step-times.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {Finding} from '../../report/context-report.js'
import type {
  DockerfileReport,
  Rewrite,
  RewriteEffect,
  RewrittenBuild,
} from '../../report/dockerfile-report.js'
import {measureProject} from '../analysis/measure-project.js'
import {loadStepTimes} from '../cache/load-step-times.js'
import {askBuilds, type BuildRequest, loadSettings} from '../load/ask-builds.js'
import type {FailedBuild} from '../load/load-builds.js'
import {toContextPath} from '../load/load-ignore-file.js'
import {dockerfileOf, loadProject, type WalkSettings} from '../load/load-project.js'
import {ProjectReadings} from '../load/project-readings.js'
import type {Evidence, IgnoreGroup, ProjectBuild} from '../project.js'
import type {AdvisedFile} from './advised-file.js'
import {ContextTrial} from './context-trial.js'
import {loadWitnesses, type Witnesses} from './load-witnesses.js'
import {predictEffects} from './predict-effects.js'

/** What `dockerfile` is asked: a build, or which ones of a project. */
export interface AdviseRequest extends BuildRequest, WalkSettings {
  /** Where the times of past builds are kept; null: they are not asked for. Default: null. */
  timesDir?: string | null
  /** An image that was built from one of the Dockerfiles: the path of an archive, or its name in the engine. Default: none. */
  image?: string
  /** The same builds, loaded for another question. Default: they are loaded. */
  known?: KnownBuilds
}

/** Builds that were loaded, with the settings that hold for them. */
interface KnownBuilds {
  settings: Settings
  groups: readonly (IgnoreGroup & {evidence?: Evidence})[]
  failed: readonly FailedBuild[]
}

/** A report with what stands behind it. */
export interface DockerfileAdvice {
  report: DockerfileReport
  files: readonly AdvisedFile[]
  settings: Settings
}

/** A file with more stages than these is proved for the first ones only. */
const MAX_OTHER_TARGETS = 20

/** Finds what to write differently in Dockerfiles. @throws SlimCheckError as `analyzeContext`, and without any Dockerfile */
export async function adviseDockerfiles(request: AdviseRequest): Promise<DockerfileAdvice> {
  const {contextDir, workingDir = process.cwd()} = request.build
  const {timesDir = null} = request
  const baseDir = path.resolve(workingDir, contextDir)
  // Asked for while the contexts are walked: the answer takes as long.
  const asking = timesDir === null ? [] : [loadStepTimes(baseDir, timesDir)]
  // Builds that nobody asked for mostly read the same directory.
  const readings = request.readings ?? new ProjectReadings()
  const walking: WalkSettings = {...request, readings}
  const {settings, groups, failed} = request.known ?? (await loadKnown({...request, readings}, baseDir))
  const own = groups.flatMap(({builds}) => builds)
  const witnesses = await loadWitnesses(own, baseDir, workingDir, walking)
  const times = mergeTimes(await Promise.all(asking))
  const files = groupByDockerfile(own)
  if (files.length === 0 && failed.length === 0) {
    throw new SlimCheckError('dockerfile-not-found', {path: path.join(contextDir, 'Dockerfile')})
  }
  const sources = {readings, evidence: evidenceOfOnly(groups)}
  const found = files.map((builds) => adviseFile({...sources, builds}, witnesses, baseDir, settings))
  const image = request.image === undefined ? null : await loadImage(request.image, found)
  const advised: AdvisedFile[] = []
  const effects: RewriteEffect[] = []
  for (const file of found) {
    const layers = image !== null && image.hostPath === file.hostPath ? image.layers : null
    const predicted = await predictEffects(file, times, layers)
    const rewrites = predicted.rewrites.map((rewrite) => layers?.weigh(rewrite) ?? rewrite)
    advised.push({...file, rewrites})
    effects.push(...predicted.effects)
  }
  const report: DockerfileReport = {
    schemaVersion: 1,
    context: contextDir,
    builds: advised.flatMap((file) => reportBuilds(file, readings)),
    failed: failed.map(({name, error}) => ({name, message: error.message})),
    witnesses: advised.flatMap(({file, witnesses: others}) =>
      others.map(({plan: {name, target}}) => ({name, dockerfile: file, target})),
    ),
    rewrites: advised.flatMap(({rewrites}) => rewrites),
    effects,
    findings: applyRuleSettings(advised.flatMap(findCommentProblems), settings.rules),
    image: image?.layers.image ?? null,
    check: null,
  }
  return {report, files: advised, settings}
}

async function loadKnown(request: BuildRequest & WalkSettings, baseDir: string): Promise<KnownBuilds> {
  const {settings} = await loadSettings(request)
  const {builds} = await askBuilds(request, settings)
  return {settings, ...measureProject(await loadProject(builds, baseDir, request))}
}

/** What reads images is large, and most calls do not want it. */
async function loadImage(source: string, files: readonly AdvisedFile[]) {
  const {loadImageLayers} = await import('./image-layers.js')
  return loadImageLayers(source, files)
}

/** Comments of ours that name no rule. */
function findCommentProblems({file, text}: AdvisedFile): Finding[] {
  return readInlineIgnores(new Map([[file, text]])).findings
}

/** Builds of one file; those without a Dockerfile are left out. */
function groupByDockerfile(builds: readonly ProjectBuild[]): ProjectBuild[][] {
  const groups = new Map<string, ProjectBuild[]>()
  for (const build of builds) {
    if (build.plan.dockerfile === null) continue
    const key = dockerfileOf(build.plan) ?? '-'
    groups.set(key, [...(groups.get(key) ?? []), build])
  }
  return [...groups.values()]
}

function adviseFile(
  {builds, ...sources}: RewriteSources & {builds: readonly ProjectBuild[]},
  all: Witnesses,
  baseDir: string,
  {rules}: Settings,
): AdvisedFile {
  const {plan} = builds[0]!
  const hostPath = dockerfileOf(plan)
  const file = hostPath === null ? '-' : toContextPath(baseDir, hostPath)
  const {content} = plan.dockerfile!
  const text = decodeText(content)
  const witnesses = all.builds.filter((one) => hostPath !== null && dockerfileOf(one.plan) === hostPath)
  const search = {
    file,
    builds: [
      ...builds.map((build) => createRewriteBuild(build, text, sources)),
      ...witnesses.map((build) => ({
        ...createRewriteBuild(build, text, {...sources, evidence: null}),
        isWitness: true,
      })),
    ],
    doubts: all.doubts,
  }
  const rewrites = applyLevels(findRewrites({...search, text}), rules)
  const rewritesOf = (changed: string, only: ReadonlySet<string>) =>
    applyLevels(findRewrites({...search, text: changed, only}), rules)
  return {file, hostPath, content, text, builds, witnesses, rewrites, rewritesOf}
}

/** Drops the rewrites of rules that are off. */
function applyLevels(rewrites: readonly Rewrite[], rules: Settings['rules']): Rewrite[] {
  return rewrites.flatMap((rewrite): Rewrite[] => {
    const level = rules.get(rewrite.rule)
    if (level === 'off') return []
    return [level === undefined ? rewrite : {...rewrite, severity: level}]
  })
}

function reportBuilds({file, text, builds}: AdvisedFile, readings: Evaluating): RewrittenBuild[] {
  return builds.map((build) => {
    const {plan} = build
    return {
      name: plan.name,
      dockerfile: file,
      target: plan.target,
      otherTargets: listOtherTargets(build, text, readings),
    }
  })
}

/** Where the rules of rewrites get what they want to know of builds. */
interface RewriteSources {
  readings: ProjectReadings
  /** What was read for the only build; null where there are several, each wants its own. */
  evidence: Evidence | null
}

/** What was read for a build depends on those beside it. */
function evidenceOfOnly([group, ...others]: KnownBuilds['groups']): Evidence | null {
  return others.length === 0 && group?.builds.length === 1 ? (group.evidence ?? null) : null
}

function createRewriteBuild(
  build: ProjectBuild,
  text: string,
  {readings, evidence}: RewriteSources,
): RewriteBuild {
  const {plan, context, asked} = build
  const trial = new ContextTrial(build, readings, evidence)
  return {
    name: plan.name,
    tree: context.tree,
    rules: plan.context.ignoreFile?.rules ?? null,
    ...readings.forRewrites(build),
    services: plan.services ?? [],
    targets: [plan.target, ...listOtherTargets(build, text, readings)],
    evaluate: (changed, stage) => evaluateStage(changed, {stage, options: asked.options}, readings),
    findProblems: (changed) => trial.findProblems(changed),
  }
}

/** The stages with a name that can be built besides the one that is. */
function listOtherTargets({plan, asked}: ProjectBuild, text: string, readings: Evaluating): string[] {
  const {stages} = plan.dockerfile!.evaluated
  const names = stages.flatMap(({name, isTarget}) => (name === null || isTarget ? [] : [name]))
  return [...new Set(names)].slice(0, MAX_OTHER_TARGETS).filter((name) => {
    try {
      evaluateStage(text, {stage: name, options: asked.options}, readings)
      return true
    } catch (error) {
      if (error instanceof DockerfileError) return false
      throw error
    }
  })
}

type Evaluating = Pick<ProjectReadings, 'evaluations'>

function evaluateStage(
  text: string,
  {stage, options}: {stage: string | null; options: BuildOptions},
  {evaluations}: Evaluating,
) {
  const {target: _, ...rest} = options
  return evaluations.evaluate(text, stage === null ? rest : {...rest, target: stage}).evaluated
}
