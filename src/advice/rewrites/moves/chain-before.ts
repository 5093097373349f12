import type {Step} from '../../../build/graph/build-graph.js'
import {chainOf} from '../../../build/graph/query-graph.js'

/** The steps that a step stands on, the first one first: those of the stages below it too, but for some. */
export function chainBefore(step: Step, without: readonly Step[] = []): Step[] {
  return chainOf(step.base).filter((one) => !without.includes(one))
}
