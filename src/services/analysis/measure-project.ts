import {IgnoreFacts} from '../../advice/facts/ignore-facts.js'
import {measureSource} from '../../build/transfer/measure-source.js'
import {SlimCheckError} from '../../errors.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import {type FailedBuild, toError} from '../load/load-builds.js'
import {IGNORE_FILE} from '../load/load-ignore-file.js'
import {type WalkSettings, walkPlans} from '../load/load-project.js'
import type {Build, Context, IgnoreGroup, LoadedPlan, Project, ProjectBuild} from '../project.js'

/** Walks and measures one build. @throws SlimCheckError where Docker's build would fail on the ignore file or a request */
export async function measurePlan(plan: BuildPlan, settings: WalkSettings = {}): Promise<Build> {
  const [build] = await measurePlans([plan], settings)
  return build!
}

/** The same for several builds, each directory walked once. */
export async function measurePlans(
  plans: readonly BuildPlan[],
  settings: WalkSettings = {},
): Promise<Build[]> {
  const baseDir = plans[0]?.context.hostPath ?? ''
  return (await walkPlans(plans, baseDir, settings)).map(measureBuild)
}

/**
 * Measures the builds of a project and groups them by ignore file, in the order in which they come.
 * @throws SlimCheckError of the first build when all have failed: there is nothing to report
 */
export function measureProject(project: Project): {groups: IgnoreGroup[]; failed: FailedBuild[]} {
  const builds: ProjectBuild[] = []
  const failed = [...project.failed]
  for (const loaded of project.builds) {
    try {
      builds.push({...measureBuild(loaded), asked: loaded.asked, position: builds.length})
    } catch (error) {
      if (!(error instanceof SlimCheckError)) throw error
      const {name} = loaded.plan
      const {options, origin} = loaded.asked
      failed.push({name, options, error, ...(origin && {origin})})
    }
  }
  if (builds.length === 0 && failed[0] !== undefined) throw toError(failed[0])
  return {groups: groupBuilds(builds), failed}
}

/** @throws SlimCheckError where Docker's build would fail on a context, an ignore file or a request */
function measureBuild({plan, graph, context, request, named}: LoadedPlan): Build {
  const main = {context, request}
  for (const one of [main, ...named]) checkReadable(one.context, one.request.source.path)
  return {
    plan,
    graph,
    context,
    named: named.map((one) => {
      return {name: one.name, context: one.context, measured: measureSource(one.context.tree, one.request)}
    }),
    main: measureSource(context.tree, request),
  }
}

/** @throws SlimCheckError for a context that could be opened a moment ago, and could not be read then */
function checkReadable({walked: {problem}}: Context, path: string): void {
  if (problem !== null) throw new SlimCheckError('context-unreadable', {path, reason: problem})
}

/** Groups builds by context and ignore file. */
export function groupBuilds(builds: readonly ProjectBuild[]): IgnoreGroup[] {
  const groups = new Map<string, IgnoreGroup & {builds: ProjectBuild[]}>()
  for (const build of builds) {
    const {context, plan} = build
    const {ignoreFile} = plan.context
    const ignorePath = ignoreFile?.path ?? IGNORE_FILE
    const key = `${context.hostPath}\0${ignorePath}\0${plan.context.git !== undefined}`
    const facts = new IgnoreFacts(context.tree, ignoreFile)
    const group = groups.get(key) ?? {context, source: plan.context, ignorePath, facts, builds: []}
    group.builds.push(build)
    groups.set(key, group)
  }
  return [...groups.values()]
}
