import type {ForeignSyntax} from '../../../languages/ignore/foreign-syntax.js'
import {defineRule} from '../define-rule.js'

interface Data {
  text: string
  syntax: ForeignSyntax | null
  /** What it was probably to keep out, and is sent. */
  near: string | null
}

/** Finds patterns that match nothing. Quiet about what may appear with the next build: well-known names, and what Git ignores. */
export default defineRule<Data>({
  id: 'dead-pattern',
  severity: 'warning',
  summary: 'Remove a pattern that matches nothing',
  reason:
    'The pattern keeps nothing out, and what it once kept out may have moved and be sent now. Names that come and go, such as node_modules or *.log, are not reported, nor are files of a kind, such as *.seed, and paths that a .gitignore also names. It is an info unless something of a like name is sent, or the line is written for another program.',
  remedy: 'Correct the path, or remove the line.',
  examples: {
    good: [
      {ignore: 'notes', tree: ['notes/a.txt', 'app.js']},
      {ignore: 'node_modules\n**/dist\n*.log\n.env\n.git\n.vscode/settings.json', tree: ['app.js']},
      {ignore: 'web/.next', tree: ['web/page.js']},
      {ignore: '*.seed\n**/*.box\n*$py.class', tree: ['app.js']},
    ],
    bad: [
      {ignore: 'old-notes', tree: ['notes/a.txt']},
      {ignore: './venv', tree: ['.venv/pyvenv.cfg', 'app.py']},
      {ignore: '{a,b}.txt\n../x\n~/x\n$HOME/x', tree: ['a.txt']},
      {ignore: 'src/dist', tree: ['app/dist/x.js', 'app/package.json']},
    ],
  },
  message: ({text, syntax, near}) =>
    `"${text}" matches nothing${syntax === null ? (near === null ? '' : `, and "${near}" is sent`) : `: ${explainSyntax(syntax)}`}`,
  fix: ({syntax, near}) =>
    syntax === null
      ? near === null
        ? undefined
        : `Write "${near}" if that is meant`
      : describeRemedy(syntax),
  check: (facts) =>
    facts.patternsThat('dead').map(({pattern: {text}, outcome: {syntax, near}, place}) => ({
      data: {text, syntax, near},
      place,
      ...(syntax === null && near === null && {severity: 'info' as const}),
    })),
})

function explainSyntax(syntax: ForeignSyntax): string {
  switch (syntax.kind) {
    case 'parent':
      return 'a pattern cannot leave the context'
    case 'home':
      return 'Docker does not expand ~'
    case 'variable':
      return 'Docker does not expand variables'
    case 'braces':
      return 'Docker does not support {a,b}'
    case 'quotes':
      return 'quotes are part of the name'
    case 'backslash':
      return 'Docker uses / between names, on Windows, too'
  }
}

function describeRemedy(syntax: ForeignSyntax): string {
  switch (syntax.kind) {
    case 'parent':
    case 'home':
    case 'variable':
      return 'Write the path from the root of the context, or remove the line'
    case 'braces':
      return `Write one line for each: ${syntax.lines.map((line) => `"${line}"`).join(', ')}`
    case 'quotes':
      return `Write "${syntax.unquoted}" without the quotes`
    case 'backslash':
      return `Write "${syntax.slashed}"`
  }
}
