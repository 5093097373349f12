import {
  type ContextView,
  type KeepRule,
  keepsNothing,
  keepsOnSameBuilder,
} from '../../../build/cache/context-view.js'
import {listMountedForWriting} from '../../../build/cache/list-mounted-for-writing.js'
import {ContextNodes} from '../../../build/cache/nodes.js'
import {type CachePrediction, predictCache} from '../../../build/cache/predict-cache.js'
import type {CacheBuild} from '../../../build/cache/simulate-build.js'
import type {State, Step} from '../../../build/graph/build-graph.js'
import type {CacheReportStep, CacheStep} from '../../../report/cache-report.js'

/** A build and the contexts that it sends. */
export interface ViewedBuild {
  build: Omit<CacheBuild, 'contexts'>
  views: ReadonlyMap<string | null, ContextView>
}

/** Reads the digests that a prediction asks for. */
export type ReadDigests = (view: ContextView, entries: readonly number[]) => Promise<void>

/**
 * Predicts the second of two builds, and reads the files that decide until nothing is open. Each round reads at least
 * one more file, and a round asks for all that it can know of.
 */
export async function forecastBuild(
  before: ViewedBuild,
  after: ViewedBuild,
  read: ReadDigests,
  keeps: KeepRule = keepsOnSameBuilder,
): Promise<CachePrediction> {
  const nodesBefore = new Map<string | null, ContextNodes>()
  for (const [name, view] of before.views) nodesBefore.set(name, new ContextNodes(view))
  const nodesAfter = new Map<string | null, ContextNodes>()
  const sentAnew = listMountedForWriting(before.build.graph)
  for (const [name, view] of after.views) {
    const earlier = before.views.get(name)
    const isAnew = keeps === keepsOnSameBuilder && sentAnew.has(name)
    if (earlier) view.alignWith(earlier, isAnew ? keepsNothing : keeps)
    nodesAfter.set(name, new ContextNodes(view, nodesBefore.get(name) ?? null))
  }
  for (;;) {
    const prediction = predictCache(
      {...before.build, contexts: nodesBefore},
      {...after.build, contexts: nodesAfter},
    )
    if (prediction.wanted.size === 0) return prediction
    await readWanted(prediction, read)
  }
}

async function readWanted({wanted}: CachePrediction, read: ReadDigests): Promise<void> {
  const byView = new Map<ContextView, Set<number>>()
  for (const {view, entry} of wanted) byView.set(view, (byView.get(view) ?? new Set()).add(entry))
  for (const [view, entries] of byView) await read(view, [...entries])
}

/** The steps as the library and reports tell them. */
export function tellSteps({steps}: CachePrediction): CacheStep[] {
  return steps.map(({step, text, state, causes}) => {
    const {line, stage} = step
    return {line, stage: stage.index, name: stage.name, text, state, causes}
  })
}

/** The same with what each step needs, and what is known of its time. @param secondsOf null where that is not known */
export function tellReportSteps(
  prediction: CachePrediction,
  secondsOf: (step: CacheStep) => number | null,
): CacheReportStep[] {
  const places = new Map(prediction.steps.map(({step}, place) => [step, place]))
  return tellSteps(prediction).map((told, at) => {
    const {step, part} = prediction.steps[at]!
    const sources = step.reads.flatMap(({from}) => (from.kind === 'stage' ? [from.stage.end] : []))
    const states = part === 'copy' ? sources : part === 'link' ? [step.base] : [step.base, ...sources]
    // The copy of a linked copy stands in front of its link.
    const needs = [
      ...states.flatMap((state) => findTold(state, places) ?? []),
      ...(part === 'link' ? [at - 1] : []),
    ]
    return {
      ...told,
      needs: [...new Set(needs)].sort((one, other) => one - other),
      lastSeconds: secondsOf(told),
    }
  })
}

/** The place of the step that a state ends with; one that is not told is passed over. */
function findTold(state: State, places: ReadonlyMap<Step, number>): number | null {
  for (let at = state; at.kind === 'step'; at = at.step.base) {
    const place = places.get(at.step)
    if (place !== undefined) return place
  }
  return null
}

/** Seconds of the longest path through what runs or may: stages run beside each other. Null where no time is known. */
export function findLongestPath(steps: readonly CacheReportStep[]): number | null {
  const ends: number[] = []
  let isKnown = false
  for (const {state, needs, lastSeconds} of steps) {
    const start = Math.max(0, ...needs.map((place) => ends[place] ?? 0))
    const isRun = state !== 'cached'
    if (isRun && lastSeconds !== null) isKnown = true
    ends.push(start + (isRun ? (lastSeconds ?? 0) : 0))
  }
  return isKnown ? Math.max(0, ...ends) : null
}
