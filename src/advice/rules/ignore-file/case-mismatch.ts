import {defineRule} from '../define-rule.js'

/** Finds patterns that match nothing because of capitals. */
export default defineRule<{text: string; path: string}>({
  id: 'case-mismatch',
  severity: 'warning',
  summary: 'Write names as they are on disk, capitals included',
  reason: 'Docker matches case-sensitively on every system, whatever the disk does.',
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
  message: ({text, path}) => `"${text}" matches nothing, but "${path}" differs only in capitals`,
  check: (facts) =>
    facts
      .patternsThat('other-case')
      .map(({pattern: {text}, outcome: {path}, place}) => ({data: {text, path}, place})),
})
