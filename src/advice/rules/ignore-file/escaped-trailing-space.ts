import {defineRule} from '../define-rule.js'

/** Finds patterns that try to keep a space at their end as Git allows. */
export default defineRule<{text: string}>({
  id: 'escaped-trailing-space',
  severity: 'warning',
  summary: 'Write a space at the end of a pattern as [ ]',
  reason: 'Docker trims the line first, so the backslash is the last character and matches itself.',
  remedy: 'Write "[ ]" for the space.',
  examples: {
    good: [{ignore: 'notes/*[ ]', tree: ['notes/a ']}],
    bad: [{ignore: 'notes/*a\\ ', tree: ['notes/a ']}],
  },
  message: ({text}) => `"${text}" matches nothing: Docker removes the space after the backslash`,
  check: (facts) =>
    facts
      .patternsThat('slip')
      .filter(({outcome}) => outcome.slip === 'escaped-trailing-space')
      .map(({pattern: {text}, place}) => ({data: {text}, place})),
})
