import {DockerfileError} from '../../../errors.js'
import {MappedText} from '../../text/mapped-text.js'
import {triggerOf} from '../syntax/inner-text.js'
import type {Instruction} from '../syntax/instruction.js'
import {parseInnerDockerfile} from '../syntax/parse-dockerfile.js'
import {ENTRY_STEPS, failAt, INSTRUCTION_STEPS, type WorkBudget} from '../words/word-scope.js'
import type {ImageFacts} from './names/image-facts.js'
import type {StageGraph, StageNode} from './stage-graph.js'
import {findReachable} from './stage-reachability.js'

/**
 * Puts the ONBUILD triggers of each reachable stage's base before its own steps, and returns what is reachable then.
 * A trigger may read a stage that was not reachable before, so this goes on until none does.
 */
export function inheritTriggers(
  graph: StageGraph,
  target: StageNode,
  findImage: (name: string) => ImageFacts | null,
  budget: WorkBudget,
): ReadonlySet<StageNode> {
  for (;;) {
    const reachable = findReachable(target)
    budget.spend(reachable.size * ENTRY_STEPS, failAt(target.from.line))
    const fresh = [...reachable].filter(({hasTriggers}) => !hasTriggers)
    if (fresh.length === 0) return reachable
    for (const node of fresh) inheritFromBase(graph, node, findImage, budget)
  }
}

function inheritFromBase(
  graph: StageGraph,
  node: StageNode,
  findImage: (name: string) => ImageFacts | null,
  budget: WorkBudget,
): void {
  const {base, baseName, namedContext, isAnonymous, from} = node
  const isImage = base === null && namedContext === null && !isAnonymous
  const image = isImage ? findImage(baseName) : null
  const inherited = (image?.onBuild ?? []).map((text) => {
    const trigger = MappedText.standingFor(from.range, text)
    return graph.addStep(node, parseTrigger(trigger, {...from, source: `ONBUILD ${text}`}), true)
  })
  for (const {instruction} of node.base?.steps ?? []) {
    budget.spend(1, failAt(node.from.line))
    if (instruction.keyword !== 'ONBUILD') continue
    budget.spend(INSTRUCTION_STEPS + instruction.source.length, failAt(node.from.line))
    inherited.push(graph.addStep(node, parseTrigger(triggerOf(instruction), instruction), true))
  }
  node.steps = [...inherited, ...node.steps]
  node.hasTriggers = true
}

/** Reads a trigger as a file of its own, as BuildKit does: the escape directive does not reach it. */
function parseTrigger(
  text: MappedText,
  {line, endLine, source}: Pick<Instruction, 'line' | 'endLine' | 'source'>,
): Instruction {
  try {
    const [trigger, ...more] = parseInnerDockerfile(text).instructions
    if (trigger && more.length === 0) return {...trigger, line, endLine, source}
  } catch (error) {
    if (error instanceof DockerfileError) throw new DockerfileError(`ONBUILD trigger: ${error.message}`, line)
    throw error
  }
  return failAt(line)('an ONBUILD trigger must be one instruction')
}
