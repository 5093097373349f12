import {defineRule} from '../define-rule.js'

/** Finds comments behind a pattern, which are part of it. */
export default defineRule<{text: string}>({
  id: 'inline-comment',
  severity: 'warning',
  summary: 'Write a comment on a line of its own',
  reason:
    'Only a line that begins with # is a comment: behind a pattern it is part of the name, which then matches nothing.',
  remedy: 'Move the comment to a line above.',
  examples: {
    good: [
      {ignore: '# notes\nnotes', tree: ['notes/a.txt']},
      {ignore: 'a #1', tree: ['a #1']},
    ],
    bad: [{ignore: 'notes # mine', tree: ['notes/a.txt']}],
  },
  message: ({text}) => `"${text}" matches nothing: the comment is part of the pattern`,
  check: (facts) =>
    facts
      .patternsThat('slip')
      .filter(({outcome}) => outcome.slip === 'inline-comment')
      .map(({pattern: {text}, place}) => ({data: {text}, place})),
})
