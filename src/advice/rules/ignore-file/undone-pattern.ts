import {andOthers, sentence} from '../../../languages/text/sentence.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
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
  /** Of the files that come back, as far as they lie in what the line names. */
  bytes: number
  isSame: boolean
  /** Nothing that the line names stays out. */
  isWhole: boolean
  /** Somebody meant directories alone. */
  hasSlash: boolean
}

/** Finds negations that bring back what an earlier line names. */
export default defineRule<Data>({
  id: 'undone-pattern',
  severity: 'info',
  summary: 'Repeat a line below the negation that undoes it',
  reason:
    'A negation of a directory lets everything in it back in, also what an earlier line ignores at every level. Docker ignores a slash at the end of a pattern: files are let in as well as directories. It is a warning if what is let in is known to be unneeded.',
  remedy: 'Repeat the undone line below the negation, or let in less.',
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
      {ignore: 'logs\n!*', tree: ['logs/a.txt', 'b.txt']},
    ],
  },
  message: ({negation, negationLine, text, line, path, others, bytes, isSame, isWhole, hasSlash}) => {
    const undone = `"${negation}" (line ${negationLine}) lets back in`
    const slash = hasSlash ? ': Docker ignores a slash at the end' : ''
    return isSame
      ? `${undone} everything that "${text}" (line ${line}) keeps out, so that line has no effect${slash}`
      : sentence`${undone} "${path}"${andOthers(others)} (${{bytes}}), which "${text}" (line ${line}) ${isWhole ? 'names: that line has no effect' : 'keeps out elsewhere'}`
  },
  fix: ({text, negationLine, isSame}) =>
    isSame ? 'Name only what should be let in' : `Repeat "${text}" below line ${negationLine}`,
  check: (facts) =>
    facts.ignoreUse.undone.map((undone) => {
      const {negation, data} = describeUndone(facts, undone)
      const isWaste = undone.entries.some((entry) => isOfNoUse(facts, entry))
      const severity = isWaste || undone.isSame || data.isWhole ? 'warning' : 'info'
      return {data, place: facts.atLine(negation.line), severity}
    }),
})

function describeUndone({tree, patterns, ignoreLines, ignoreUse}: RuleFacts, undone: UndoneMatches) {
  const negation = patterns[undone.negation]!
  const {text, line} = patterns[undone.pattern]!
  const data: Data = {
    negation: (ignoreLines[negation.line - 1] ?? negation.text).trim(),
    negationLine: negation.line,
    text,
    line,
    path: tree.pathOf(undone.entries[0]!),
    others: undone.entries.length - 1,
    bytes: sumBytes(tree, undone.entries),
    isWhole: ignoreUse.patterns[undone.pattern]!.matchCount === undone.entries.length,
    isSame: undone.isSame,
    hasSlash: /\/\s*$/.test(ignoreLines[negation.line - 1] ?? ''),
  }
  return {negation, data}
}

function sumBytes(tree: FileTree, roots: readonly number[]): number {
  let bytes = 0
  for (const root of roots) {
    for (let entry = root; entry < tree.endOf(root); entry++) {
      if (tree.typeOf(entry) === 'file') bytes += tree.sizeOf(entry)
    }
  }
  return bytes
}

function isOfNoUse({classify}: RuleFacts, entry: number): boolean {
  const disposition = classify(entry)?.disposition
  return disposition !== undefined && disposition !== 'doubtful'
}
