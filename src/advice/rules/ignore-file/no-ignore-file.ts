import {defineRule} from '../define-rule.js'

/** Finds a copy of the whole context where no ignore file keeps anything out. */
export default defineRule<{text: string}>({
  id: 'no-ignore-file',
  severity: 'warning',
  summary: 'Have an ignore file where the whole context is copied',
  reason:
    'Everything in the directory is sent and copied: Git history, local packages, environment files with passwords.',
  remedy: 'Write a .dockerignore at the root of the context; the suggestions are a start.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY . .', ignore: '', tree: ['a.js']},
      {dockerfile: 'FROM scratch\nCOPY a.js .', tree: ['a.js']},
    ],
    bad: [{dockerfile: 'FROM scratch\nCOPY . .', tree: ['a.js']}],
  },
  message: ({text}) => `"${text}" takes the whole context and there is no ignore file`,
  check(facts) {
    const request = facts.requests.find(({isRoot, isImplicit}) => isRoot && !isImplicit)
    if (request === undefined || facts.ignoreFile !== null) return []
    return [{data: {text: request.text}, place: facts.atRequest(request)}]
  },
})
