import {andOthers, sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'
import {type CacheFacts, sentEntry, stepsAbove, takesWholeContext} from './cache-facts.js'

interface Copied {
  files: string[]
  copy: string
  above: number
}

/** Finds a COPY of everything that takes the build's own files along. */
export default defineCacheRule<Copied>({
  id: 'cache-copied-build-files',
  severity: 'warning',
  summary: 'Keep the Dockerfile and the ignore file out of what is copied',
  reason:
    'A COPY of the whole context also copies the Dockerfile and the ignore file: any edit of them, even of a comment, runs the COPY and all steps after it again.',
  remedy: 'Add them to the ignore file: Docker still reads both.',
  examples: {
    good: [{dockerfile: 'FROM node\nCOPY src src\nRUN npm run build\n', tree: ['Dockerfile', 'src/a.js']}],
    bad: [{dockerfile: 'FROM node\nCOPY . .\nRUN npm run build\n', tree: ['Dockerfile', 'src/a.js']}],
  },
  message: ({files: [first = '', ...others], copy, above}) =>
    sentence`an edit of "${first}"${andOthers(others.length)} runs "${copy}" again${above === 0 ? '' : sentence`, and ${{count: above, one: 'step', many: 'steps'}} after it`}`,
  fix: ({files}) => `Add ${files.map((file) => `"${file}"`).join(' and ')} to the ignore file`,
  check: (facts) => {
    const {graph, file, ignoreFile} = facts
    const files = [file, ...(ignoreFile === null ? [] : [ignoreFile])].filter((one) => isSent(facts, one))
    if (files.length === 0) return []
    const step = graph.steps.find(({reads}) => reads.some(takesWholeContext))
    if (step === undefined) return []
    const above = stepsAbove(graph, step).length
    return [{data: {files, copy: step.instruction.text, above}, line: step.line}]
  },
})

function isSent(facts: CacheFacts, path: string): boolean {
  return !path.startsWith('../') && path !== '-' && sentEntry(facts, path) !== null
}
