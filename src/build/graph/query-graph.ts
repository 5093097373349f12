import type {BuildGraph, GraphStage, Read, State, Step} from './build-graph.js'

/** The steps that a state consists of, the first one first: those of the stages below it too. */
export function chainOf(state: State): Step[] {
  const chain: Step[] = []
  for (let at = state; at.kind === 'step'; at = at.step.base) chain.push(at.step)
  return chain.reverse()
}

/** What a state is made from in the end: an image, a named context, or nothing. */
export function rootOf(state: State): Exclude<State, {kind: 'step'}> {
  let at = state
  while (at.kind === 'step') at = at.step.base
  return at
}

/** The steps that read a context, null for the main one, with what they read of it. */
export function readersOf(graph: BuildGraph, context: string | null): {step: Step; read: Read}[] {
  return graph.steps.flatMap((step) =>
    step.reads
      .filter(({from, how}) => from.kind === 'context' && from.name === context && how !== 'nothing')
      .map((read) => ({step, read})),
  )
}

/** A stage and those that it is made from, the first one first. */
export function stagesBehind(stage: GraphStage): GraphStage[] {
  const chain = [stage]
  for (let base = stage.baseStage; base !== null; base = base.baseStage) chain.unshift(base)
  return chain
}

/** The stage that the chain of a stage's bases begins with. */
export function rootStage(stage: GraphStage): GraphStage {
  let at = stage
  while (at.baseStage !== null) at = at.baseStage
  return at
}

/** The stages whose content goes into the target; one that only a tmpfs mount names is built, and not among them. */
export function stagesTaken({stages, target}: BuildGraph): ReadonlySet<GraphStage> {
  const taken = new Set([target])
  // A set is visited in order of insertion, what is added on the way too.
  for (const {baseStage, steps} of taken) {
    if (baseStage !== null) taken.add(baseStage)
    for (const {from, how} of steps.flatMap(({reads}) => reads)) {
      if (how === 'nothing') continue
      if (from.kind === 'stage') taken.add(from.stage)
      if (from.kind === 'context' && from.replacedStage !== null) taken.add(stages[from.replacedStage]!)
    }
  }
  return taken
}

/** The contexts that are sent at all, null for the main one: some requests only widen a transfer. */
export function contextsTaken(graph: BuildGraph): ReadonlySet<string | null> {
  const contexts = new Set<string | null>()
  for (const {baseStage, base, steps} of stagesTaken(graph)) {
    if (baseStage === null && base.kind === 'named-context') contexts.add(base.name)
    for (const {from, how} of steps.flatMap(({reads}) => reads)) {
      if (how !== 'nothing' && from.kind === 'context') contexts.add(from.name)
    }
  }
  return contexts
}

/** The steps that run or copy for a stage's image: its own and those of the stages that it is made from. */
export function stepsBehind(stage: GraphStage): Step[] {
  return chainOf(stage.end)
}
