import type {Dockerfile, Instruction} from '../syntax/instruction.js'
import {failAt} from '../words/word-scope.js'

/** The instructions of one stage. */
export interface StageSource {
  from: Instruction
  instructions: Instruction[]
}

/** A Dockerfile cut at its FROMs. */
export interface GroupedStages {
  /** The ARGs before the first FROM. */
  globalArgs: Instruction[]
  /** At least one. */
  stages: StageSource[]
}

/** Cuts a Dockerfile into stages; nothing but ARG may stand before the first. */
export function groupStages({instructions}: Dockerfile): GroupedStages {
  const globalArgs: Instruction[] = []
  const stages: StageSource[] = []
  for (const instruction of instructions) {
    const stage = stages.at(-1)
    if (instruction.keyword === 'FROM') stages.push({from: instruction, instructions: []})
    else if (stage) stage.instructions.push(instruction)
    else if (instruction.keyword === 'ARG') globalArgs.push(instruction)
    else failAt(instruction.line)(`${instruction.keyword} is before the first FROM`)
  }
  if (stages.length === 0) failAt(instructions.at(-1)?.line ?? 1)('there is no FROM: nothing to build')
  return {globalArgs, stages}
}
