import {sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'
import {sentEntry, takesWholeContext} from './cache-facts.js'

/** Finds Git's own files in what a step takes. */
export default defineCacheRule<{copy: string}>({
  id: 'cache-copied-git',
  severity: 'warning',
  summary: 'Keep .git out of what is copied',
  reason:
    'Git writes into .git even without a commit: "git status" may refresh the index, and then the COPY and all steps after it run again. No two clones have the same .git, so on another machine they always run.',
  remedy: 'Add .git to the ignore file; pass a version as a build argument, in a late step.',
  examples: {
    good: [{dockerfile: 'FROM node\nCOPY src src\n', tree: ['.git/HEAD', 'src/a.js']}],
    bad: [{dockerfile: 'FROM node\nCOPY . .\n', tree: ['.git/HEAD', 'src/a.js']}],
  },
  message: ({copy}) =>
    sentence`"${copy}" copies ".git": even "git status" can make it run again, and in another clone it always runs`,
  fix: () => 'Add ".git" to the ignore file, unless a step reads the history',
  check: (facts) => {
    if (sentEntry(facts, '.git/HEAD') === null) return []
    const isTaken = takesWholeContext
    const step = facts.graph.steps.find(({reads}) => reads.some(isTaken))
    return step === undefined ? [] : [{data: {copy: step.instruction.text}, line: step.line}]
  },
})
