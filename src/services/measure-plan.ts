import type {ContextModel} from '../context/context-model.js'
import {type WalkResult, walkContext} from '../context/walk.js'
import type {BuildPlan, ContextSource} from '../plan/build-plan.js'
import {type MeasuredSource, measureSource} from './measure-source.js'

/** A plan with what was found of it. */
export interface MeasuredPlan {
  plan: BuildPlan
  model: ContextModel
  main: MeasuredSource
  named: readonly {name: string; model: ContextModel; measured: MeasuredSource}[]
  /** Whether extended attributes are part of the figures. */
  hasXattrs: boolean
}

/** Walks and measures all that a plan reads from the client. */
export async function measurePlan(
  plan: BuildPlan,
  onProgress?: (entryCount: number) => void,
): Promise<MeasuredPlan> {
  const {model, hasXattrs} = await walk(plan.context, onProgress)
  const named: {name: string; model: ContextModel; measured: MeasuredSource}[] = []
  for (const {name, context, requests} of plan.namedContexts) {
    const {model: namedModel} = await walk(context, onProgress)
    named.push({name, model: namedModel, measured: measureSource(namedModel, context, requests)})
  }
  return {plan, model, main: measureSource(model, plan.context, plan.requests), named, hasXattrs}
}

function walk(source: ContextSource, onProgress?: (entryCount: number) => void): Promise<WalkResult> {
  const patternSets = [source.ignoreFile?.file.patterns ?? []]
  return walkContext(source.hostPath, {patternSets, ...(onProgress && {onProgress})})
}
