/** What a build asks its contexts for: the one answer, which transfers, rules, secrets and lists share. */

import {isHttp} from '../../../languages/dockerfile/evaluate/names/remote-source.js'
import {cleanContextPath} from '../../../languages/text/clean-path.js'
import type {Range} from '../../../languages/text/range.js'
import type {BuildGraph, GraphStage, Read, Step} from '../build-graph.js'
import {rootStage, stagesTaken} from '../query-graph.js'

/** One path that the builder asks a context for. */
export interface ContextRequest {
  /** Null for the main context. */
  context: string | null
  /** The pattern as it is asked for: cleaned, relative to the context; `.` for everything. */
  path: string
  isRoot: boolean
  stage: GraphStage
  /** Null for a FROM that takes a named context whole. */
  take: {step: Step; read: Read} | null
  /** 1-based; for an inherited trigger, of its ONBUILD. */
  line: number
  /** The first line of the instruction, with single spaces. */
  text: string
  /** As written, unexpanded; empty for a mount without one and for FROM. */
  source: string
  /** Where that stands in the Dockerfile; of FROM, all of it. */
  range: Range
  /** Why the text does not show what is asked for; null where it does. */
  implicitReason: ImplicitReason | null
}

/**
 * `empty-expansion`: the source expands to the root, as an unset variable does.
 * `tmpfs-mount`: the mount asks for its source although it reads nothing.
 * `git-remote`: a remote of ADD that is asked for like a path, and matches nothing.
 */
type ImplicitReason = 'empty-expansion' | 'tmpfs-mount' | 'git-remote'

/** Lists everything that is asked of all contexts, in source order. */
export function listRequests(graph: BuildGraph): ContextRequest[] {
  const taken = stagesTaken(graph)
  const requests = listWhole(graph, taken)
  for (const step of graph.steps) {
    for (const read of step.reads) {
      const context = findContext({graph, taken, step, read})
      if (context !== undefined) requests.push(describeRequest(context, step, read))
    }
  }
  return requests.sort((one, other) => one.line - other.line)
}

/** Those to one context, null for the main one; none without a Dockerfile. */
export function listRequestsTo(graph: BuildGraph | null, context: string | null): ContextRequest[] {
  return graph === null ? [] : listRequests(graph).filter((request) => request.context === context)
}

/** A named context that a stage is made from is wanted whole when the stage is the target or runs something. */
function listWhole({target, stages}: BuildGraph, taken: ReadonlySet<GraphStage>): ContextRequest[] {
  const running = stages.filter(({instructions}) => instructions.some(({keyword}) => keyword === 'RUN'))
  const roots = new Set([target, ...running].map(rootStage))
  return [...roots].flatMap((stage): ContextRequest[] => {
    const {base, line, text, range} = stage
    if (base.kind !== 'named-context' || !taken.has(stage)) return []
    const whole = {path: '.', isRoot: true, source: '', take: null, implicitReason: null}
    return [{...whole, context: base.name, stage, line, text, range}]
  })
}

/**
 * The context that a read asks, which is that of a stage's base where it reads a stage; undefined for none. A named
 * context is only asked where the target takes from it.
 */
function findContext({
  graph,
  taken,
  step,
  read: {from, how, source},
}: {
  graph: BuildGraph
  taken: ReadonlySet<GraphStage>
  step: Step
  read: Read
}): string | null | undefined {
  switch (from.kind) {
    case 'context': {
      if (from.name === null) return null
      const isTaken =
        from.replacedStage === null
          ? how !== 'nothing' && taken.has(step.stage)
          : taken.has(graph.stages[from.replacedStage]!)
      return isTaken ? from.name : undefined
    }
    case 'stage': {
      const root = rootStage(from.stage)
      return root.base.kind === 'named-context' && taken.has(root) ? root.base.name : undefined
    }
    case 'remote':
      // BuildKit asks for a remote that does not begin like a URL as for a path, though nothing reads it.
      return isHttp(source) ? undefined : null
    default:
      return undefined
  }
}

function describeRequest(context: string | null, step: Step, read: Read): ContextRequest {
  const {line, text} = step.instruction
  const {written: source, range} = read
  const path = cleanContextPath(read.source)
  const isRoot = path === '.'
  const implicitReason = findReason(read, isRoot)
  return {
    context,
    path,
    isRoot,
    stage: step.stage,
    take: {step, read},
    line,
    text,
    source,
    range,
    implicitReason,
  }
}

function findReason({from, how, written}: Read, isRoot: boolean): ImplicitReason | null {
  if (from.kind === 'remote') return 'git-remote'
  if (how === 'nothing') return 'tmpfs-mount'
  return isRoot && cleanContextPath(written.replace(/["']/g, '')) !== '.' ? 'empty-expansion' : null
}
