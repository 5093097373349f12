import {SlimCheckError} from '../../errors.js'
import type {BuildOptions} from '../../plan/build-options.js'
import type {BuildPlan} from '../../plan/build-plan.js'
import {loadPlan} from './load-plan.js'

/** A build to look at, wherever it was found. */
export interface Build {
  /** The service, bake target or Dockerfile path; default: the Dockerfile's path. */
  name?: string
  options: BuildOptions
}

/** A build that would fail before its first step, and why. */
export interface FailedBuild {
  name: string
  options: BuildOptions
  error: SlimCheckError
}

/** Loads the plan of each build. @throws SlimCheckError of the only build; of several, it is told with the others */
export function loadBuilds(builds: readonly Build[]): {
  plans: Map<BuildPlan, Build>
  failed: FailedBuild[]
} {
  const plans = new Map<BuildPlan, Build>()
  const failed: FailedBuild[] = []
  for (const build of builds) {
    try {
      const plan = loadPlan(build.options)
      plans.set(build.name === undefined ? plan : {...plan, name: build.name}, build)
    } catch (error) {
      if (builds.length === 1 || !(error instanceof SlimCheckError)) throw error
      failed.push({name: nameOf(build), options: build.options, error})
    }
  }
  return {plans, failed}
}

function nameOf({name, options}: Build): string {
  return name ?? options.dockerfile ?? options.contextDir
}
