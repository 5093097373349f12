import {defineRule} from '../define-rule.js'

/** Finds patterns that fail the build as soon as some path reaches them; so far none does. */
export default defineRule<{text: string; problem: string}>({
  id: 'broken-pattern-unreached',
  severity: 'warning',
  summary: 'Correct a pattern that will fail a build one day',
  reason:
    'Docker notices some broken patterns only when it uses them. Today an earlier line decides every path; one new file may change that.',
  remedy: 'Correct the pattern, or escape what is meant literally with a backslash.',
  examples: {
    good: [{ignore: 'notes[0-9]', tree: ['notes1']}],
    bad: [
      {ignore: '*\na[b-a]c', tree: ['app.js']},
      {ignore: 'x\\cy*', tree: []},
    ],
  },
  message: ({text, problem}) => `"${text}" is broken: ${problem}; Docker fails as soon as a path reaches it`,
  check: (facts) =>
    facts
      .patternsThat('broken')
      .map(({pattern: {text}, outcome: {problem}, place}) => ({data: {text, problem}, place})),
})
