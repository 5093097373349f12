import {expandWord} from '../words/expand-word.js'
import type {WordScope} from '../words/word-scope.js'
import type {InstructionBase, Origin} from './evaluated-dockerfile.js'
import type {StageNode, StageStep} from './stage-graph.js'

/** What one step of a stage is evaluated with. */
export interface StepContext {
  step: StageStep
  scope: WordScope
  base: InstructionBase
  /** As Docker prints the step. */
  name: string
  /** Tells whether a stage is built before this step. */
  isBuilt: (node: StageNode) => boolean
}

/** Expands a word with the variables of the step. */
export function expandIn({scope}: StepContext, word: string): string {
  return expandWord(word, scope)
}

/** Says what a node is to those who read the outcome. */
export function describeOrigin(node: StageNode): Origin {
  if (node.namedContext !== null && (node.isReplaced || node.isAnonymous)) {
    const replacedStage = node.isReplaced ? node.index : null
    return {kind: 'named-context', namedContext: node.namedContext, replacedStage}
  }
  return node.isAnonymous ? {kind: 'image', image: node.baseName} : {kind: 'stage', stageIndex: node.index}
}
