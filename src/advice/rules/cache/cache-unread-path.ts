import {andOthers, sentence} from '../../../languages/text/sentence.js'
import {ROOT} from '../../../tree/model/file-tree.js'
import {defineCacheRule} from '../define-cache-rule.js'
import {stepsAbove, takesWholeContext} from './cache-facts.js'

/** What people edit, and a build has no use for. */
const FOR_PEOPLE =
  /^(?:readme|changelog|changes|contributing|code_of_conduct|security|authors|maintainers|history|todo|roadmap)(?:\.\w+)?$|^\.(?:editorconfig|gitattributes|gitignore|mailmap)$|^(?:\.github|\.gitlab|\.vscode|\.idea|\.devcontainer)$/i

interface Unread {
  paths: string[]
  copy: string
  above: number
}

/** Finds paths for people that run steps again. */
export default defineCacheRule<Unread>({
  id: 'cache-unread-path',
  severity: 'info',
  summary: 'Keep files that no step reads out of a COPY',
  reason: 'An edit of such a file, a README for instance, runs the COPY again, and each step after it.',
  remedy: 'Add them to the ignore file if no program in the build reads them.',
  examples: {
    good: [{dockerfile: 'FROM node\nCOPY . .\n', tree: ['README.md', 'src/a.js']}],
    bad: [{dockerfile: 'FROM node\nCOPY . .\nRUN npm run build\n', tree: ['README.md', 'src/a.js']}],
  },
  message: ({paths: [first = '', ...others], copy, above}) =>
    sentence`an edit of "${first}"${andOthers(others.length)} runs "${copy}" and ${{count: above, one: 'step', many: 'steps'}} after it again, and no step names it`,
  fix: ({paths}) =>
    `If no program in the build reads them, add ${paths
      .slice(0, 3)
      .map((one) => `"${one}"`)
      .join(', ')} to the ignore file`,
  check: ({graph, view}) => {
    const step = graph.steps.find(({reads}) => reads.some(takesWholeContext))
    if (step === undefined) return []
    const above = stepsAbove(graph, step)
    // Only a RUN costs anything worth telling.
    if (!above.some(({instruction}) => instruction.keyword === 'RUN')) return []
    const texts = graph.steps.map(({instruction}) =>
      instruction.keyword === 'RUN' ? instruction.script : instruction.name,
    )
    const paths = [...view.childrenOf(ROOT)]
      .map((entry) => view.tree.nameOf(entry))
      .filter((name) => FOR_PEOPLE.test(name) && !texts.some((text) => text.includes(name)))
    if (paths.length === 0) return []
    return [{data: {paths, copy: step.instruction.text, above: above.length}, line: step.line}]
  },
})
