import type {BuildGraph, Step} from '../../../build/graph/build-graph.js'
import {chainOf} from '../../../build/graph/query-graph.js'
import {sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'

interface Unexported {
  count: number
  first: string
  /** The workflow and its line. */
  where: string
}

/** Finds stages whose layers an exported cache leaves out. */
export default defineCacheRule<Unexported>({
  id: 'cache-min-mode',
  severity: 'warning',
  summary: 'Export the layers of all stages, not only of the last one',
  reason:
    'A cache that is exported with mode=min, the default, only has the layers of the image: the steps of all other stages run again on the next machine, even if nothing changed.',
  remedy: 'Add mode=max to cache-to. An inline cache does not support it; a registry or gha cache does.',
  examples: {
    good: [
      {
        dockerfile: 'FROM node AS build\nRUN npm ci\nFROM node\nCOPY --from=build /app /app\n',
        tree: [],
        cacheTo: 'type=gha,mode=max',
      },
      {dockerfile: 'FROM node\nRUN npm ci\n', tree: [], cacheTo: 'type=gha'},
      {dockerfile: 'FROM node AS build\nRUN npm ci\nFROM node\nCOPY --from=build /app /app\n', tree: []},
    ],
    bad: [
      {
        dockerfile: 'FROM node AS build\nRUN npm ci\nFROM node\nCOPY --from=build /app /app\n',
        tree: [],
        cacheTo: 'type=gha',
      },
      {
        dockerfile: 'FROM node AS build\nRUN npm ci\nFROM node\nCOPY --from=build /app /app\n',
        tree: [],
        cacheTo: 'type=inline',
      },
    ],
  },
  message: ({count, first, where}) =>
    sentence`the cache that ${where} exports only has the last stage: ${{count, one: 'step', many: 'steps'}} of other stages ${count === 1 ? 'runs' : 'run'} again there after each change, beginning with "${first}"`,
  fix: () => 'Add "mode=max" to cache-to, with a type that supports it (gha, registry, local)',
  check: ({graph, ci}) => {
    const unexported = listUnexported(graph)
    const [first] = unexported
    const lacking = ci.find(({exportsTo}) => exportsTo !== null && isMinimal(exportsTo))
    if (first === undefined || lacking === undefined) return []
    const where = `${lacking.file}:${lacking.line}`
    return [{data: {count: unexported.length, first: first.instruction.text, where}, line: first.line}]
  },
})

/** One export a line; what only GitHub knows may be anything. */
function isMinimal(exportsTo: string): boolean {
  return exportsTo.split('\n').every((one) => !/mode=max|\$\{\{/.test(one))
}

/** The RUN steps that the image does not stand on: only they cost anything worth telling. */
function listUnexported({steps, target}: BuildGraph): Step[] {
  const exported = new Set(chainOf(target.end))
  return steps.filter((step) => step.instruction.keyword === 'RUN' && !exported.has(step))
}
