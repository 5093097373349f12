import type {FollowedLink} from '../../facts/trace-requests.js'
import {defineRule} from '../define-rule.js'

interface Data {
  path: string
  link: FollowedLink | null
  isFatal: boolean
  pattern: string
  line: number
  file: string
}

/** Finds sources that the ignore file removes in whole, negations considered. */
export default defineRule<Data>({
  id: 'copy-ignored-source',
  severity: 'error',
  summary: 'Do not copy what the ignore file keeps out',
  reason:
    'Such a file never reaches the builder: the build stops there with "not found". A wildcard that matches nothing any more silently copies nothing, if its directory is sent: that is a warning.',
  remedy: 'Let the path back in with a negation, or remove the instruction.',
  examples: {
    good: [
      {
        dockerfile: 'FROM scratch\nCOPY notes/a.txt /',
        ignore: 'notes\n!notes/a.txt',
        tree: ['notes/a.txt', 'notes/b.txt'],
      },
      {dockerfile: 'FROM scratch\nCOPY s /', ignore: 's/*', tree: ['s/a', 's/b']},
    ],
    bad: [
      {dockerfile: 'FROM scratch\nCOPY notes /', ignore: 'notes', tree: ['notes/a.txt']},
      {dockerfile: 'FROM scratch\nCOPY notes/*.txt /', ignore: 'notes', tree: ['notes/a.txt']},
      {dockerfile: 'FROM scratch\nCOPY *.txt /', ignore: 'a.txt', tree: ['a.txt', 'b.js']},
      {dockerfile: 'FROM scratch\nCOPY link /', ignore: 'a.txt', tree: ['a.txt', 'link -> a.txt']},
    ],
  },
  message: ({path, link, isFatal, pattern, line, file}) =>
    `${link === null ? '' : `"${link.path}" is a link to "${link.target}", and `}"${path}" is kept out by "${pattern}" (${file}:${line}): ${isFatal ? 'docker build fails here' : 'this copies nothing'}`,
  fix: ({path, line}) => (line === 0 ? undefined : `Add "!${path}" below line ${line}, or remove that line`),
  restores: ({path, line}) => (line === 0 || path === '.' ? [] : [path]),
  check: (facts) =>
    facts.outcomes.flatMap((outcome) => {
      if (outcome.kind !== 'ignored') return []
      const {path, link, isFatal, decidedBy, request} = outcome
      const pattern = facts.patterns[decidedBy]
      const {text, line} = pattern ?? {text: '', line: 0}
      const data = {path, link, isFatal, pattern: text, line, file: facts.ignoreFile?.path ?? ''}
      return [{data, place: facts.atRequest(request), ...(!isFatal && {severity: 'warning' as const})}]
    }),
})
