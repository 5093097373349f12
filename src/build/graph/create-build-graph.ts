import type {
  EvaluatedDockerfile,
  EvaluatedInstruction,
  EvaluatedStage,
} from '../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {BuildGraph, GraphStage, State, Step, StepInstruction} from './build-graph.js'
import {listReads} from './list-reads.js'

/** A stage while its steps are put together. */
type OpenStage = Omit<GraphStage, 'steps' | 'end'> & {steps: Step[]; end: State}

/** Lays a Dockerfile out as the steps of the build that it was evaluated for. */
export function createBuildGraph(dockerfile: EvaluatedDockerfile): BuildGraph {
  const stages: OpenStage[] = []
  const steps: Step[] = []
  for (const evaluated of dockerfile.stages) {
    const stage = openStage(evaluated, stages)
    stages.push(stage)
    const numbering = new Numbering(evaluated, dockerfile.showsStageNames)
    for (const instruction of evaluated.instructions) {
      if (!isStep(instruction)) continue
      const step = {
        index: steps.length,
        stage,
        line: instruction.isInherited ? stage.line : instruction.line,
        text: numbering.next() + instruction.name,
        instruction,
        base: stage.end,
        reads: listReads(instruction, stages),
      }
      steps.push(step)
      stage.steps.push(step)
      stage.end = {kind: 'step', step}
    }
  }
  return {stages, steps, target: stages.find(({isTarget}) => isTarget) ?? stages.at(-1)!}
}

function openStage(evaluated: EvaluatedStage, stages: readonly OpenStage[]): OpenStage {
  const {index, name, line, text, range, platform, isReachable, isTarget, instructions} = evaluated
  const base = findBase(evaluated, stages)
  const baseStage = evaluated.baseStageIndex === null ? null : stages[evaluated.baseStageIndex]!
  const common = {index, name, line, text, range, platform, isReachable, isTarget, instructions}
  return {...common, baseStage, base, steps: [], end: base}
}

function findBase(
  {baseName, baseStageIndex, baseNamedContext, platform}: EvaluatedStage,
  stages: readonly OpenStage[],
): State {
  if (baseNamedContext !== null) return {kind: 'named-context', name: baseNamedContext}
  if (baseStageIndex !== null) return stages[baseStageIndex]!.end
  return baseName === 'scratch' ? {kind: 'scratch'} : {kind: 'image', image: baseName, platform}
}

function isLayer(instruction: EvaluatedInstruction): instruction is StepInstruction {
  const {keyword} = instruction
  return keyword === 'COPY' || keyword === 'ADD' || keyword === 'RUN' || keyword === 'WORKDIR'
}

/** `WORKDIR /` makes nothing, there is a root. */
function isStep(instruction: EvaluatedInstruction): instruction is StepInstruction {
  return isLayer(instruction) && !(instruction.keyword === 'WORKDIR' && instruction.workdir === '/')
}

/** Docker's `[stage n/m] `: a FROM of an image counts as the first step; in m alone a FROM of a named context and `WORKDIR /`. */
class Numbering {
  readonly #prefix: string
  readonly #total: number
  #number: number

  constructor(
    {index, name, baseName, baseStageIndex, baseNamedContext, instructions}: EvaluatedStage,
    showsStageNames: boolean,
  ) {
    const isFirst = baseStageIndex === null && baseName !== 'scratch'
    this.#number = isFirst && baseNamedContext === null ? 1 : 0
    this.#total = (isFirst ? 1 : 0) + instructions.filter(isLayer).length
    this.#prefix = showsStageNames ? `${name ?? `stage-${index}`} ` : ''
  }

  next(): string {
    const number = String(++this.#number).padStart(String(this.#total).length)
    return `[${this.#prefix}${number}/${this.#total}] `
  }
}
