import {andOthers, sentence} from '../../../languages/text/sentence.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

/** What is sent for want of the line is worth a warning from here on, in bytes. */
const MUCH = 100_000

/** Finds patterns that would match at every level for Git and match only at the root for Docker. */
export default defineRule<{text: string; path: string; others: number}>({
  id: 'git-style-pattern',
  severity: 'warning',
  summary: 'Write **/ before a name that should match at every level',
  reason:
    'Unlike Git, Docker matches every pattern from the root of the context: "*.log" does not match "web/x.log". What is neither secret, nor made by a build, nor large is an info.',
  remedy: 'Write "**/" before it; or "/" if it should only match at the root.',
  examples: {
    good: [
      {ignore: '**/node_modules', tree: ['node_modules/a.js', 'web/node_modules/b.js']},
      {ignore: '/node_modules', tree: ['node_modules/a.js', 'web/node_modules/b.js']},
      {ignore: 'docs', tree: ['docs/a.txt', 'src/docs/b.js']},
    ],
    bad: [
      {ignore: 'node_modules', tree: ['node_modules/a.js', 'web/node_modules/b.js']},
      {ignore: '*.log', tree: ['web/x.log']},
    ],
  },
  message: ({text, path, others}) =>
    sentence`"${text}" matches only at the root: "${path}"${andOthers(others)} ${others === 0 ? 'is' : 'are'} sent; "**/${text}" matches at every level`,
  check: (facts) =>
    facts.patternsThat('root-only').map(({pattern: {text}, outcome: {missed}, place}) => ({
      data: {text, path: facts.tree.pathOf(missed[0]!), others: missed.length - 1},
      place,
      ...(!isWorthIt(facts, missed) && {severity: 'info' as const}),
    })),
})

/** Whether secrets, outputs of builds or many bytes are sent. */
function isWorthIt({tree, classify}: RuleFacts, missed: readonly number[]): boolean {
  let bytes = 0
  for (const entry of missed) {
    if (/^(?:secret|regenerated)$/.test(classify(entry)?.disposition ?? '')) return true
    for (let index = entry; index < tree.endOf(entry); index++)
      if (tree.isFile(index)) bytes += tree.sizeOf(index)
  }
  return bytes >= MUCH
}
