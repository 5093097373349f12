import {defeatsPruning} from '../../../languages/ignore/pruning.js'
import {entries, sentence} from '../../../languages/text/sentence.js'
import {defineRule} from '../define-rule.js'
import {MANY_ENTRIES} from '../many-entries.js'

/** Finds negations that make Docker walk through every ignored directory. */
export default defineRule<{text: string; count: number}>({
  id: 'slow-negation',
  severity: 'info',
  summary: 'Write negations without wildcards',
  reason:
    'With a wildcard in a negation Docker searches every ignored directory on every build, since something in it might match. A trailing /* or /** is harmless. It is a warning from 1,000 files on.',
  remedy: 'Name the paths to let back in one by one, or ignore less.',
  examples: {
    good: [
      {ignore: 'data\n!data/keep/**', tree: ['data/keep/a', 'data/raw/b']},
      {ignore: '*.md\n!README*.md', tree: ['README.md', 'NOTES.md']},
    ],
    bad: [{ignore: 'data\n!data/*.json', tree: ['data/a.json', 'data/raw/b', 'data/raw/c']}],
  },
  message: ({text, count}) =>
    sentence`the wildcard in "${text}" makes Docker search ignored directories: ${entries(count)} without need on every build`,
  check(facts) {
    const slow = facts.patterns.filter(defeatsPruning)
    if (slow.length === 0) return []
    const count = facts.ignoreUse.vainCount
    if (count === 0) return []
    const severity = count >= MANY_ENTRIES ? 'warning' : 'info'
    return slow.map(({text, line}) => ({data: {text, count}, place: facts.atLine(line), severity}))
  },
})
