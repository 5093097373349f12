import type {GraphStage, Step} from '../../../build/graph/build-graph.js'
import {listEnvironment} from '../../../languages/dockerfile/evaluate/step-state.js'
import {sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'

/** Names whose value is another one with each commit or each build. */
const CHANGING =
  /^(?:(?:git|vcs|source|ci|build|app)_?)*(?:sha|commit(?:_?(?:sha|hash|id|ref))?|revision|build_?(?:date|time|id|number|timestamp)|timestamp|build_?ref|vcs_?ref|cache_?bust(?:er)?|created)$/i

interface Changing {
  name: string
  count: number
  first: string
}

/** Finds an argument that runs steps again which do not read it. */
export default defineCacheRule<Changing>({
  id: 'cache-changing-argument',
  severity: 'warning',
  summary: 'Declare an ARG that changes with each build after the steps that do not need it',
  reason:
    'Every RUN after an ARG runs again when the value changes, even if it does not use the argument: arguments are part of its environment.',
  remedy: 'Move the ARG down to the step that uses it, or to the LABEL at the end.',
  examples: {
    good: [{dockerfile: 'FROM node\nRUN npm ci\nARG GIT_SHA=x\nRUN echo $GIT_SHA\n', tree: []}],
    bad: [{dockerfile: 'FROM node\nARG GIT_SHA=x\nRUN npm ci\n', tree: []}],
  },
  message: ({name, count, first}) =>
    sentence`a new value of "${name}" runs ${{count, one: 'step', many: 'steps'}} after it again that ${count === 1 ? 'does' : 'do'} not use it, beginning with "${first}"`,
  fix: ({name}) => `Move "ARG ${name}" down to where it is used`,
  check: ({graph}) =>
    graph.stages.flatMap((stage) =>
      listDeclarations(stage).flatMap(({name, line}) => {
        const suffering = listSuffering(stage, name, line)
        const [first] = suffering
        if (first === undefined) return []
        return [{data: {name, count: suffering.length, first: first.instruction.text}, line}]
      }),
    ),
})

function listDeclarations({instructions}: GraphStage): {name: string; line: number}[] {
  return instructions.flatMap((instruction) => {
    if (instruction.keyword !== 'ARG') return []
    const names = instruction.args.map((arg) => arg.split('=', 1)[0]!)
    return names.filter((name) => CHANGING.test(name)).map((name) => ({name, line: instruction.line}))
  })
}

/** The RUNs below a declaration up to the first that reads the argument: what comes behind that one runs anyway. */
function listSuffering({steps}: GraphStage, name: string, line: number): Step[] {
  const below = steps.filter((step) => step.line > line && step.instruction.keyword === 'RUN')
  const reader = below.findIndex(({instruction}) => {
    return instruction.keyword === 'RUN' && new RegExp(`\\b${name}\\b`).test(instruction.script)
  })
  const before = reader < 0 ? below : below.slice(0, reader)
  // An argument without a value is nothing; one that no build gives a value is told all the same, where it has a default.
  return before.filter(({instruction}) =>
    listEnvironment(instruction.state.environment).some(([one]) => one === name),
  )
}
