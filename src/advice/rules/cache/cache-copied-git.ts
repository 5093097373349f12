import {sentence} from '../../../languages/text/sentence.js'
import {defineCacheRule} from '../define-cache-rule.js'
import {sentEntry, takesWholeContext} from './cache-facts.js'

/** Finds Git's own files in what a step takes. */
export default defineCacheRule<{copy: string}>({
  id: 'cache-copied-git',
  severity: 'warning',
  summary: 'Keep .git out of what is copied',
  reason:
    'Git writes into .git without any commit: "git status" alone may refresh the index, and the COPY and all below it run again. No two clones have the same .git: elsewhere it always runs.',
  remedy: 'Add .git to the ignore file; hand a version over as a build argument, late.',
  examples: {
    good: [{dockerfile: 'FROM node\nCOPY src src\n', tree: ['.git/HEAD', 'src/a.js']}],
    bad: [{dockerfile: 'FROM node\nCOPY . .\n', tree: ['.git/HEAD', 'src/a.js']}],
  },
  message: ({copy}) =>
    sentence`"${copy}" takes ".git" along: "git status" alone can run it again, and another clone always does`,
  fix: () => 'Add ".git" to the ignore file, unless a step reads the history',
  check: (facts) => {
    if (sentEntry(facts, '.git/HEAD') === null) return []
    const isTaken = takesWholeContext
    const step = facts.graph.steps.find(({reads}) => reads.some(isTaken))
    return step === undefined ? [] : [{data: {copy: step.instruction.text}, line: step.line}]
  },
})
