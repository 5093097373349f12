import {defineRule} from '../define-rule.js'

/** Finds lines that begin with //, which are patterns. */
export default defineRule<{glob: string; matchCount: number}>({
  id: 'slash-comment',
  severity: 'warning',
  summary: 'Begin a comment with #',
  reason: 'A line that begins with // is a pattern: "// dist" ignores "dist".',
  remedy: 'Write # instead.',
  examples: {
    good: [
      {ignore: '# notes', tree: ['notes/a.txt']},
      {ignore: '//notes', tree: ['notes/a.txt']},
    ],
    bad: [
      {ignore: '// build output', tree: ['app.js']},
      {ignore: '// notes', tree: ['notes/a.txt', 'app.js']},
    ],
  },
  message: ({glob, matchCount}) =>
    `this is no comment but the pattern "${glob}", ${matchCount === 0 ? 'which matches nothing' : 'which matches'}`,
  check: (facts) =>
    facts
      .patternsThat('slip')
      .filter(({outcome}) => outcome.slip === 'slash-comment')
      .map(({pattern: {glob}, outcome: {matchCount}, place}) => ({data: {glob, matchCount}, place})),
})
