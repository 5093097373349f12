import {defineRule} from '../define-rule.js'

/** Finds comments that do not begin in the first column, which are patterns. */
export default defineRule<{text: string}>({
  id: 'indented-comment',
  severity: 'warning',
  summary: 'Begin a comment in the first column',
  reason: 'Only a line whose very first character is # is a comment; an indented one is a pattern.',
  remedy: 'Remove the white space before #.',
  examples: {
    good: [
      {ignore: '# notes', tree: ['notes/a.txt']},
      {ignore: ' #x', tree: ['#x']},
    ],
    bad: [{ignore: '  # notes', tree: ['notes/a.txt']}],
  },
  message: ({text}) => `"${text}" is not a comment but a pattern, which matches nothing`,
  check: (facts) =>
    facts
      .patternsThat('slip')
      .filter(({outcome}) => outcome.slip === 'indented-comment')
      .map(({pattern: {text}, place}) => ({data: {text}, place})),
})
