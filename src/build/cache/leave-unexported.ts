import type {BuildGraph, State, Step} from '../graph/build-graph.js'
import {chainOf} from '../graph/query-graph.js'
import type {CachePrediction, PredictedStep} from './predict-cache.js'

/**
 * What is left of a prediction where the cache was exported with `mode=min`: it holds the layers that the image stands on.
 * A step outside the image runs again only if a step that runs needs its result.
 */
export function leaveUnexported({steps, wanted}: CachePrediction, {target}: BuildGraph): CachePrediction {
  const exported = new Set(chainOf(target.end))
  const states = new Map<Step, PredictedStep>()
  const needed = new Map<Step, PredictedStep>()
  const told: PredictedStep[] = []
  // From the last one on: a step's result is needed by steps below it only.
  for (const predicted of steps.toReversed()) {
    const {step, state} = predicted
    const needing = needed.get(step)
    const isMissed = state === 'cached' && !exported.has(step) && needing !== undefined
    const now: PredictedStep = isMissed
      ? {
          ...predicted,
          state: needing.state,
          causes: [{kind: 'not-exported', line: needing.step.line, text: needing.text}],
        }
      : predicted
    told.push(now)
    states.set(step, now)
    if (now.state !== 'cached') for (const source of sourcesOf(step)) addNeeded(needed, source, now)
  }
  return {steps: told.reverse(), wanted}
}

/** The last steps of what a step stands on and takes from. */
function sourcesOf({base, reads}: Step): Step[] {
  const states: State[] = [
    base,
    ...reads.flatMap(({from}) => (from.kind === 'stage' ? [from.stage.end] : [])),
  ]
  return states.flatMap((state) => (state.kind === 'step' ? [state.step] : []))
}

/** One that surely runs counts before one that may. */
function addNeeded(needed: Map<Step, PredictedStep>, source: Step, by: PredictedStep): void {
  const known = needed.get(source)
  if (known === undefined || (known.state === 'depends' && by.state === 'runs')) needed.set(source, by)
}
