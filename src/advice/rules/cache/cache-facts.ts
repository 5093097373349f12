import type {ContextView} from '../../../build/cache/context-view.js'
import type {BuildGraph, Read, Step} from '../../../build/graph/build-graph.js'
import type {RunInstruction} from '../../../languages/dockerfile/evaluate/evaluated-dockerfile.js'
import type {Action} from '../../../languages/scripts/action.js'
import {listActions} from '../../../languages/scripts/list-actions.js'
import {readShell} from '../../../languages/scripts/read-shell.js'
import type {ShellCommand} from '../../../languages/scripts/shell-command.js'

/** What rules about the cache look at: one build over one context. */
export interface CacheFacts {
  /** The Dockerfile, relative to the context. */
  file: string
  /** The ignore file in force, relative to the context; null: there is none. */
  ignoreFile: string | null
  graph: BuildGraph
  view: ContextView
  /** The builds of this Dockerfile in CI. */
  ci: readonly CiBuild[]
}

/** A build in CI, on a machine that is new each time. */
export interface CiBuild {
  /** The workflow, relative to the repository. */
  file: string
  /** 1-based. */
  line: number
  /** `cache-to` as it is written; null: nothing is kept. */
  exportsTo: string | null
  /** A step before puts the content of cache mounts back. */
  keepsMounts: boolean
}

/** The commands of a RUN. */
export function commandsOf({script, state}: RunInstruction): readonly ShellCommand[] {
  return readShell(script, {directory: state.directory, env: new Map()})
}

/** What a RUN does, as far as it is recognised. */
export function actionsOf(run: RunInstruction): Action[] {
  return listActions(commandsOf(run))
}

/** Whether a read takes all of the context. */
export function takesWholeContext({from, path, how}: Read): boolean {
  return from.kind === 'context' && from.name === null && path === '/' && how !== 'nothing'
}

/** The entry at a path, if it is sent. */
export function sentEntry({view}: CacheFacts, path: string): number | null {
  const entry = view.tree.find(path)
  return entry >= 0 && view.isSent(entry) ? entry : null
}

/** The steps that stand on one, directly or not, in the stages that the target needs. */
export function stepsAbove({steps}: BuildGraph, step: Step): Step[] {
  const above = new Set([step])
  for (const one of steps) if (one.base.kind === 'step' && above.has(one.base.step)) above.add(one)
  above.delete(step)
  return [...above]
}
