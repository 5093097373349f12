import {andOthers, sentence} from '../../../languages/text/sentence.js'
import type {UndoneMatches} from '../../facts/observe-patterns.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

interface Data {
  negation: string
  negationLine: number
  text: string
  line: number
  path: string
  others: number
  isSame: boolean
  /** Somebody meant directories alone. */
  hasSlash: boolean
}

/** Finds negations that bring back what an earlier line names. */
export default defineRule<Data>({
  id: 'undone-pattern',
  severity: 'info',
  summary: 'Repeat a line below the negation that undoes it',
  reason:
    'A negation brings back a directory with all below it, also what an earlier line takes out at every level. A slash at its end means nothing to Docker: files come back as well as directories. A warning where what comes back is known to be of no use.',
  remedy: 'Write the undone line once more below the negation, or let in less.',
  examples: {
    good: [
      {
        ignore: '*\n!packages\n**/node_modules',
        tree: ['packages/web/node_modules/a/package.json', 'packages/web/a.js'],
      },
      {ignore: '**/*.md\n!README.md', tree: ['README.md', 'docs/a.md']},
      {ignore: '**\n!src', tree: ['src/a.js', 'b.js']},
    ],
    bad: [
      {
        ignore: '**/node_modules\n*\n!packages',
        tree: ['packages/web/node_modules/a/package.json', 'packages/web/a.js'],
      },
      {ignore: 'parts/*\n!parts/*/', tree: ['parts/loose.txt', 'parts/lib/keep.txt']},
    ],
  },
  message: ({negation, negationLine, text, line, path, others, isSame, hasSlash}) => {
    const undone = `"${negation}" (line ${negationLine}) brings back`
    const slash = hasSlash ? ': a slash at the end means nothing to Docker' : ''
    return isSame
      ? `${undone} all that "${text}" (line ${line}) keeps out, so that line has no effect${slash}`
      : sentence`${undone} "${path}"${andOthers(others)}, which "${text}" (line ${line}) keeps out elsewhere`
  },
  fix: ({text, negationLine, isSame}) =>
    isSame ? 'Name what is to come back' : `Write "${text}" once more below line ${negationLine}`,
  check: (facts) =>
    facts.ignoreUse.undone.map((undone) => {
      const {negation, data} = describeUndone(facts, undone)
      const isWaste = undone.entries.some((entry) => isOfNoUse(facts, entry))
      const severity = isWaste || undone.isSame ? 'warning' : 'info'
      return {data, place: facts.atLine(negation.line), severity}
    }),
})

function describeUndone({tree, patterns, ignoreLines}: RuleFacts, undone: UndoneMatches) {
  const negation = patterns[undone.negation]!
  const {text, line} = patterns[undone.pattern]!
  const data: Data = {
    negation: (ignoreLines[negation.line - 1] ?? negation.text).trim(),
    negationLine: negation.line,
    text,
    line,
    path: tree.pathOf(undone.entries[0]!),
    others: undone.entries.length - 1,
    isSame: undone.isSame,
    hasSlash: /\/\s*$/.test(ignoreLines[negation.line - 1] ?? ''),
  }
  return {negation, data}
}

function isOfNoUse({classify}: RuleFacts, entry: number): boolean {
  const disposition = classify(entry)?.disposition
  return disposition !== undefined && disposition !== 'doubtful'
}
