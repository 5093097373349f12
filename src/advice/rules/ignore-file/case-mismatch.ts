import {defineRule} from '../define-rule.js'

/** Finds patterns that match nothing because of capitals. */
export default defineRule<{text: string; path: string}>({
  id: 'case-mismatch',
  severity: 'warning',
  summary: 'Write names in the same case as on disk',
  reason: 'Docker is case-sensitive on every system, even if the disk is not.',
  remedy: 'Write the name as it is on disk.',
  examples: {
    good: [
      {ignore: 'Notes', tree: ['Notes/a.txt']},
      {ignore: 'Thumbs.db\nthumbs.db', tree: ['Thumbs.db']},
    ],
    bad: [
      {ignore: 'Notes', tree: ['notes/a.txt']},
      {ignore: '*.txt\n!readme.txt', tree: ['README.txt', 'a.txt']},
    ],
  },
  message: ({text, path}) => `"${text}" matches nothing, but "${path}" differs only in case`,
  check: (facts) =>
    facts
      .patternsThat('other-case')
      .map(({pattern: {text}, outcome: {path}, place}) => ({data: {text, path}, place})),
})
