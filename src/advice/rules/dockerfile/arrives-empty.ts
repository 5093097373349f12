import {NO_MATCH} from '../../../languages/ignore/pattern-matcher.js'
import {andOthers, sentence} from '../../../languages/text/sentence.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

interface Data {
  path: string
  others: number
  /** 1-based; 0 where it is not the ignore file that decides. */
  keptBy: number
  emptiedBy: number
}

/** Finds files whose entry is sent and whose content is not: the image gets empty files. */
export default defineRule<Data>({
  id: 'arrives-empty',
  severity: 'error',
  summary: 'Do not ignore a directory again after a negation that lets files in it back in',
  reason:
    'Docker checks the patterns twice: when it lists the files, and with a simpler rule when it opens a file. If only the second check ignores the file, the image gets an empty file and the build succeeds.',
  remedy: 'Remove the second line that ignores the directory, or move the negation below it.',
  examples: {
    good: [{ignore: 'dist\n!dist/app.js', tree: ['dist/app.js', 'dist/app.css']}],
    bad: [
      {ignore: 'dist\n!dist/app.js\ndist/', tree: ['dist/app.js', 'dist/app.css']},
      {ignore: '*\n!src/**\nsrc', tree: ['src/index.js']},
    ],
  },
  message: ({path, others, keptBy, emptiedBy}) =>
    sentence`"${path}"${andOthers(others)} will be empty in the image: line ${keptBy} lets the file in, line ${emptiedBy} ignores its content`,
  check(facts) {
    const {tree, selection} = facts
    const byLines = new Map<string, Data>()
    for (const entry of selection.arrivesEmpty) {
      const path = tree.pathOf(entry)
      const lines = findLines(facts, path)
      const key = `${lines.keptBy} ${lines.emptiedBy}`
      const known = byLines.get(key)
      if (known === undefined) byLines.set(key, {path, others: 0, ...lines})
      else known.others++
    }
    return [...byLines.values()].map((data) => ({data, place: facts.atLine(data.emptiedBy)}))
  },
})

/** The lines that decide by the one rule and by the other. */
function findLines({filter, patterns}: RuleFacts, path: string): Pick<Data, 'keptBy' | 'emptiedBy'> {
  const lineOf = (decidedBy: number | undefined) => patterns[decidedBy ?? -1]?.line ?? 0
  const matcher = filter.ignore
  if (matcher === null) return {keptBy: 0, emptiedBy: 0}
  let parents = NO_MATCH
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    parents = matcher.matchAny(path.slice(0, slash), parents)
  }
  return {
    keptBy: lineOf(matcher.matchPath(path).decidedBy),
    emptiedBy: lineOf(matcher.match(path, parents).decidedBy),
  }
}
