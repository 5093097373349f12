import {type ContextView, type KeepRule, keepsOnSameBuilder} from '../../build/cache/context-view.js'
import {ContextNodes} from '../../build/cache/nodes.js'
import {type CachePrediction, predictCache} from '../../build/cache/predict-cache.js'
import type {CacheBuild} from '../../build/cache/simulate-build.js'
import type {CacheStep} from '../../report/cache-report.js'

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
  for (const [name, view] of after.views) {
    const earlier = before.views.get(name)
    if (earlier) view.alignWith(earlier, keeps)
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
