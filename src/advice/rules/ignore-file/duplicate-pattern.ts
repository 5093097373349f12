import {defineRule} from '../define-rule.js'

/** Finds patterns that stand in the file twice, the second time without effect. */
export default defineRule<{text: string; line: number}>({
  id: 'duplicate-pattern',
  severity: 'info',
  summary: 'Remove a duplicate pattern',
  reason: 'The build is the same without it. "/x", "./x" and "x/" are all "x" to Docker.',
  remedy: 'Remove the line.',
  examples: {
    good: [{ignore: '*.txt\n!a.txt\n*.txt', tree: ['a.txt', 'b.txt']}],
    bad: [
      {ignore: 'notes\nnotes', tree: ['notes/a.txt']},
      {ignore: '/notes/\n*.txt\nnotes', tree: ['notes/a.txt', 'b.txt']},
      {ignore: '*.txt\n!a.txt\n!a.txt', tree: ['a.txt', 'b.txt']},
    ],
  },
  message: ({text, line}) => `"${text}" is already in line ${line}`,
  check: (facts) =>
    facts.patternsThat('duplicate').map(({pattern: {text}, outcome, place}) => {
      return {data: {text, line: facts.patterns[outcome.of]!.line}, place}
    }),
})
