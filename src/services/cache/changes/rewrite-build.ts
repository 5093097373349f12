import {measureSource} from '../../../build/transfer/measure-source.js'
import {DockerfileError, SlimCheckError} from '../../../errors.js'
import type {BuildOptions} from '../../../plan/build-options.js'
import {changeTexts} from '../../load/load-plan.js'
import {followRequests, graphOf} from '../../load/load-project.js'
import {type CacheSide, describeSide} from '../predict/cache-side.js'
import type {CurrentBuild} from './scenario.js'

/** A build as it would be with another text of its Dockerfile; null where that text cannot be built. */
export function rewriteBuild(
  {build, digests}: CurrentBuild,
  content: Uint8Array,
  options: BuildOptions,
  side: CacheSide,
): CurrentBuild | null {
  const {plan, context} = build
  try {
    const changed = changeTexts(plan, options, content, plan.context.ignoreFile)
    const graph = graphOf(changed)
    if (graph === null) return null
    const main = measureSource(context.tree, followRequests(changed.context, graph, null))
    return {build: {...build, plan: changed, graph, main}, described: describeSide(graph, side), digests}
  } catch (error) {
    if (error instanceof DockerfileError || error instanceof SlimCheckError) return null
    throw error
  }
}
