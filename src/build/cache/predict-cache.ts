import type {CacheCause, CacheState} from '../../report/cache-report.js'
import type {Step} from '../graph/build-graph.js'
import {NodeComparison, type WantedFile} from './compare-nodes.js'
import {explainMiss, type StepPartName} from './explain-miss.js'
import {BuildSimulation, type CacheBuild, type SimulatedStep} from './simulate-build.js'

/** One step, or one of the two that a linked copy is. */
export interface PredictedStep {
  step: Step
  part: StepPartName
  /** As Docker prints it: a step that several stages share bears the name of one of them. */
  text: string
  state: CacheState
  /** Empty for a step that is cached. */
  causes: readonly CacheCause[]
}

/** What a second build finds in the cache that a first one left. */
export interface CachePrediction {
  /** In Docker's order; only those that Docker shows and that say something. */
  steps: readonly PredictedStep[]
  /** Files whose digests decide and are not known: predict once more when they are. Empty: the prediction stands. */
  wanted: ReadonlySet<WantedFile>
}

/** Predicts which steps of a second build run (docs/cache.md 9). The contexts of both must be aligned already. */
export function predictCache(before: CacheBuild, after: CacheBuild): CachePrediction {
  const known = new NodeComparison('known')
  const possible = new NodeComparison('possible')
  const first = new BuildSimulation(before, known, 'before ').run()
  const surely = new BuildSimulation(after, known, 'after ', first.records).run()
  const perhaps = new BuildSimulation(after, possible, 'after ', first.records).run()
  const pair = {before, after, first, second: surely, comparison: known}
  const tell = (step: Step, part: StepPartName): PredictedStep => {
    const [mine, maybe] = [surely, perhaps].map(
      (build) => (part === 'copy' ? build.copies : build.steps).get(step)!,
    )
    const state = stateOf(mine!, maybe!)
    const text = part === 'link' ? toLinkName(mine!.named.text) : mine!.named.text
    return {step, part, text, state, causes: state === 'cached' ? [] : explainMiss(step, part, pair)}
  }
  const steps = after.graph.steps.filter((step) => surely.steps.has(step) && isTold(step))
  return {
    steps: steps.flatMap((step) =>
      surely.isLinked(step) ? [tell(step, 'copy'), tell(step, 'link')] : [tell(step, 'whole')],
    ),
    wanted: new Set([...known.wanted, ...possible.wanted]),
  }
}

/** `[build 2/4] LINK COPY …` */
function toLinkName(text: string): string {
  return text.replace(/^(\[[^\]]*\] )/, '$1LINK ')
}

function stateOf(surely: SimulatedStep, perhaps: SimulatedStep): CacheState {
  if (surely.isHit && perhaps.isHit) return 'cached'
  return surely.isHit || perhaps.isHit ? 'depends' : 'runs'
}

/** A WORKDIR directly on nothing is announced as Docker pleases: it says nothing. */
function isTold({instruction, base}: Step): boolean {
  return instruction.keyword !== 'WORKDIR' || base.kind !== 'scratch'
}
