import {defineRule} from '../define-rule.js'

/** Finds patterns that match nothing. Quiet about what may appear with the next build: well-known names, and what Git ignores. */
export default defineRule<{text: string}>({
  id: 'dead-pattern',
  severity: 'warning',
  summary: 'Remove a pattern that matches nothing',
  reason:
    'It protects from nothing, and what it once kept out may have moved and be sent now. Names that come and go, such as node_modules or *.log, are not reported, nor paths that a .gitignore names as well.',
  remedy: 'Correct the path, or remove the line.',
  examples: {
    good: [
      {ignore: 'notes', tree: ['notes/a.txt', 'app.js']},
      {ignore: 'node_modules\n**/dist\n*.log\n.env\n.git\n.vscode/settings.json', tree: ['app.js']},
      {ignore: 'web/.next', tree: ['web/page.js']},
    ],
    bad: [
      {ignore: 'old-notes', tree: ['notes/a.txt']},
      {ignore: 'src/dist', tree: ['app/dist/x.js', 'app/package.json']},
    ],
  },
  message: ({text}) => `"${text}" matches nothing`,
  check: (facts) =>
    facts.patternsThat('dead').map(({pattern, place}) => ({data: {text: pattern.text}, place})),
})
