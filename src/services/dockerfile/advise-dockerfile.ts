import path from 'node:path'
import {listEvidence} from '../../advice/facts/evidence.js'
import {listWantedByRewrites} from '../../advice/rewrites/wanted-evidence.js'
import {findRewrites} from '../../advice/suggest/find-rewrites.js'
import {DockerfileError, SlimCheckError} from '../../errors.js'
import {readBeginnings} from '../../host/files/read-file.js'
import {decodeText} from '../../languages/dockerfile/syntax/source-lines.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import type {DockerfileReport} from '../../report/dockerfile-report.js'
import {evaluateContent, loadPlan} from '../load/load-plan.js'
import {dockerfileOf, type WalkSettings, walkPlans} from '../load/load-project.js'

/** What `dockerfile` is asked: a build as `docker build` would be told of it. */
export type AdviseOptions = BuildOptions & WalkSettings

/** A report with what stands behind it. */
export interface DockerfileAdvice {
  report: DockerfileReport
  options: AdviseOptions
  /** The Dockerfile, absolute; null for one from standard input. */
  hostPath: string | null
  content: Uint8Array
  /** The content as text, without its byte-order mark. */
  text: string
}

/** A file with more stages than these is proved for the first ones only. */
const MAX_OTHER_TARGETS = 20

/** Finds what to write differently in a Dockerfile. @throws SlimCheckError as `analyzeContext`, and without a Dockerfile */
export async function adviseDockerfile(options: AdviseOptions): Promise<DockerfileAdvice> {
  const plan = loadPlan(options)
  const {dockerfile, target, context} = plan
  if (dockerfile === null) {
    throw new SlimCheckError('dockerfile-not-found', {path: path.join(options.contextDir, 'Dockerfile')})
  }
  const [loaded] = await walkPlans([plan], context.hostPath, options)
  const {tree, walked} = loaded!.context
  if (walked.problem !== null) {
    throw new SlimCheckError('context-unreadable', {path: context.path, reason: walked.problem})
  }
  const rules = context.ignoreFile?.rules ?? null
  const text = decodeText(dockerfile.content)
  const otherTargets = listOtherTargets(plan, text, options)
  const rewrites = findRewrites({
    file: dockerfile.path,
    text,
    target,
    otherTargets,
    tree,
    rules,
    evidence: readBeginnings(context.hostPath, listEvidence(tree, listWantedByRewrites(), rules)),
    evaluate: (changed, stage) => evaluateStage(changed, stage, options),
  })
  const report: DockerfileReport = {
    schemaVersion: 1,
    context: options.contextDir,
    dockerfile: dockerfile.path,
    target,
    alsoProvedFor: otherTargets,
    rewrites,
  }
  return {report, options, hostPath: dockerfileOf(plan), content: dockerfile.content, text}
}

/** The stages with a name that can be built besides the one that is. */
function listOtherTargets({dockerfile, target}: BuildPlan, text: string, options: AdviseOptions): string[] {
  const built = dockerfile!.evaluated.stages.find(({isTarget}) => isTarget)?.name ?? target
  const names = dockerfile!.evaluated.stages.flatMap(({name}) =>
    name === null || name === built ? [] : [name],
  )
  return [...new Set(names)].slice(0, MAX_OTHER_TARGETS).filter((name) => {
    try {
      evaluateStage(text, name, options)
      return true
    } catch (error) {
      if (error instanceof DockerfileError) return false
      throw error
    }
  })
}

function evaluateStage(text: string, stage: string | null, options: AdviseOptions) {
  const {target: _, ...rest} = options
  return evaluateContent(text, stage === null ? rest : {...rest, target: stage})
}
