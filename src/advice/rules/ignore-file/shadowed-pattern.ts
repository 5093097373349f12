import {defineRule} from '../define-rule.js'

/** Finds patterns that change nothing because others already decide all they match. */
export default defineRule<{text: string; by: string; line: number}>({
  id: 'shadowed-pattern',
  severity: 'info',
  summary: 'Remove a pattern that another one makes redundant',
  reason:
    'The build is the same without it, so it only misleads. That includes a pattern that could only match in a directory that Docker does not enter.',
  remedy: 'Remove the line, or the broader one if that ignores too much.',
  examples: {
    good: [
      {ignore: 'cache/*\n!cache/keep\ncache/keep/tmp', tree: ['cache/a', 'cache/keep/tmp/x', 'cache/keep/b']},
    ],
    bad: [
      {ignore: 'data\ndata/raw', tree: ['data/raw/a.csv']},
      {ignore: '*.json\nb.json', tree: ['a.json', 'b.json']},
      {ignore: 'b.json\n*.json', tree: ['a.json', 'b.json']},
    ],
  },
  message: ({text, by, line}) =>
    `"${text}" changes nothing: "${by}" (line ${line}) already has the same effect`,
  check: (facts) =>
    facts.patternsThat('shadowed').flatMap(({pattern, outcome, place}) => {
      const {text} = pattern
      // a later negation is the reason, and is told
      if (facts.ignoreUse.undone.some((undone) => facts.patterns[undone.pattern] === pattern)) return []
      const {text: by, line} = facts.patterns[outcome.by]!
      return [{data: {text, by, line}, place}]
    }),
})
