import {andOthers, sentence} from '../../../languages/text/sentence.js'
import type {FileTree} from '../../../tree/model/file-tree.js'
import {CATALOGUE} from '../../catalogue/catalogue.js'
import {defineRule} from '../define-rule.js'

/** What a directory holds that no line lets Docker enter is not known: its name must do. */
function isLitterByName(tree: FileTree, entry: number): boolean {
  const isEntered = !tree.isDirectory(entry) || tree.endOf(entry) > entry + 1
  return !isEntered && LITTER_NAMES.has(tree.nameOf(entry))
}

/** Names of what is known by nothing but its contents. */
const LITTER_NAMES = new Set(
  CATALOGUE.flatMap(({names, disposition, evidence}) =>
    disposition !== 'doubtful' && evidence !== undefined && 'containsOnly' in evidence ? names : [],
  ),
)

interface Data {
  source: string
  path: string
  others: number
  pattern: string
  place: string
}

/** Finds named sources that arrive without a part that nothing marks as litter. */
export default defineRule<Data>({
  id: 'copy-partly-ignored',
  severity: 'info',
  summary: 'Know which files of a COPY the ignore file keeps out',
  reason:
    'The COPY succeeds without these files. Files that are known to be generated, temporary or secret are ignored on purpose, and not reported.',
  remedy: 'Nothing, if that is intended; else let the path back in with a negation.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY src /', ignore: '**/*.log', tree: ['src/a.js', 'src/x.log']},
      {dockerfile: 'FROM scratch\nCOPY . /', ignore: 'notes', tree: ['src/a.js', 'notes/a.txt']},
    ],
    bad: [
      {dockerfile: 'FROM scratch\nCOPY src /', ignore: 'src/b.js', tree: ['src/a.js', 'src/b.js']},
      {dockerfile: 'FROM scratch\nCOPY *.js /', ignore: 'b.js', tree: ['a.js', 'b.js']},
    ],
  },
  message: ({source, path, others, pattern, place}) =>
    sentence`"${source}" arrives without "${path}"${andOthers(others)}: "${pattern}" (${place})`,
  check: (facts) =>
    facts.outcomes.flatMap((outcome) => {
      if (outcome.kind !== 'arrives') return []
      const missed = outcome.missed.filter(({entry}) => {
        const disposition = facts.classify(entry)?.disposition
        const isUnknown = disposition === undefined || disposition === 'doubtful'
        return isUnknown && !isLitterByName(facts.tree, entry)
      })
      const [first] = missed
      if (first === undefined) return []
      const {text, line} = facts.patterns[first.decidedBy] ?? {text: '', line: 0}
      const data = {
        source: outcome.request.path,
        path: facts.tree.pathOf(first.entry),
        others: missed.length - 1,
        pattern: text,
        place: `${facts.ignoreFile?.path ?? ''}:${line}`,
      }
      return [{data, place: facts.atRequest(outcome.request)}]
    }),
})
