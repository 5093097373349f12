import {defineRule} from '../define-rule.js'

/** Finds sources that the context does not hold. */
export default defineRule<{path: string; source: string}>({
  id: 'copy-missing-source',
  severity: 'error',
  summary: 'Do not copy what the context does not hold',
  reason:
    'The build stops there with "not found". A wildcard may match nothing, but the directory before it must exist. Sources are relative to the context, not to the Dockerfile.',
  remedy: 'Correct the path, or make the file before the build.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY a.txt *.lock /', ignore: '', tree: ['a.txt']},
      {dockerfile: 'FROM scratch\nCOPY link/b.txt /', ignore: '', tree: ['a/b.txt', 'link -> a']},
    ],
    bad: [
      {dockerfile: 'FROM scratch\nCOPY a.txt /', ignore: '', tree: ['b.txt']},
      {dockerfile: 'FROM scratch\nCOPY gone/*.txt /', ignore: '', tree: ['b.txt']},
      {dockerfile: 'FROM scratch\nCOPY link /', ignore: '', tree: ['link -> gone']},
    ],
  },
  message: ({path, source}) =>
    `"${path}" is not in the context${source === path ? '' : ` (from "${source}")`}: docker build fails here`,
  check: (facts) =>
    facts.outcomes.flatMap((outcome) => {
      if (outcome.kind !== 'missing') return []
      const {path, request} = outcome
      return [{data: {path, source: request.source}, place: facts.atRequest(request)}]
    }),
})
