import {cleanContextPath} from '../../text/clean-path.js'
import {expandWord} from '../words/expand-word.js'
import type {WordScope} from '../words/word-scope.js'
import type {ContextRequest, ImplicitReason, InstructionBase, Origin} from './evaluated-dockerfile.js'
import type {StageNode, StageStep} from './stage-graph.js'

/** What one step of a stage is evaluated with. */
export interface StepContext {
  step: StageStep
  stageIndex: number
  scope: WordScope
  base: InstructionBase
  /** As Docker prints the step. */
  name: string
  /** Tells whether a stage is built before this step. */
  isBuilt: (node: StageNode) => boolean
}

/** A path that a step asks of a context or, through `from`, of a stage. */
export interface SourceUse {
  /** Null for the main context. */
  origin: StageNode | null
  /** False when it only widens the transfer: the step reads nothing of it. */
  isRead: boolean
  request: Omit<ContextRequest, 'context'>
}

/** What a source says and where it leads. */
interface SourceFacts {
  origin: StageNode | null
  isRead: boolean
  written: string
  expanded: string
  implicitReason?: ImplicitReason
}

/** Expands a word with the variables of the step. */
export function expandIn({scope}: StepContext, word: string): string {
  return expandWord(word, scope)
}

/** Notes that a step asks for a path. */
export function makeSourceUse({step, stageIndex, base}: StepContext, facts: SourceFacts): SourceUse {
  const path = cleanContextPath(facts.expanded)
  const isRoot = path === '.'
  const isEmptied = isRoot && cleanContextPath(facts.written) !== '.'
  const implicitReason = facts.implicitReason ?? (isEmptied ? 'empty-expansion' : undefined)
  const request = {
    path,
    isRoot,
    keyword: step.instruction.keyword as ContextRequest['keyword'],
    line: base.line,
    text: base.text,
    stageIndex,
    source: facts.written,
    ...(implicitReason && {isImplicit: true as const, implicitReason}),
  }
  return {origin: facts.origin, isRead: facts.isRead, request}
}

/** Says what a node is to those who read the outcome. */
export function describeOrigin(node: StageNode): Origin {
  if (node.namedContext !== null && (node.isReplaced || node.isAnonymous)) {
    return {kind: 'named-context', namedContext: node.namedContext}
  }
  return node.isAnonymous ? {kind: 'image', image: node.baseName} : {kind: 'stage', stageIndex: node.index}
}
