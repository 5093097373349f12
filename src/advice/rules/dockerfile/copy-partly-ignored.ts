import {andOthers, sentence} from '../../../languages/text/sentence.js'
import {defineRule} from '../define-rule.js'

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
        return disposition === undefined || disposition === 'doubtful'
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
