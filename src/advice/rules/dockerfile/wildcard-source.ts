import {IgnoreRules} from '../../../languages/ignore/ignore-rules.js'
import {entries, sentence} from '../../../languages/text/sentence.js'
import {ROOT} from '../../../tree/model/file-tree.js'
import type {RuleFacts} from '../../facts/rule-facts.js'
import {defineRule} from '../define-rule.js'

/** Finds wildcard sources that make Docker visit the whole context though it sends little of it. */
export default defineRule<{source: string; count: number}>({
  id: 'wildcard-source',
  severity: 'info',
  summary: 'Name the sources of a narrow COPY',
  reason:
    'With a wildcard among the sources Docker checks on every build whether each file that is not ignored matches. A trailing /* is harmless. It is a warning from 10,000 files on: fewer take no time that anybody notices.',
  remedy: 'Name the files one by one, or ignore what is never copied.',
  examples: {
    good: [
      {dockerfile: 'FROM scratch\nCOPY src/* /', ignore: '', tree: ['src/a.js', 'web/b.js']},
      {dockerfile: 'FROM scratch\nCOPY *.js .\nCOPY . .', ignore: '', tree: ['a.js', 'web/b.js']},
    ],
    bad: [{dockerfile: 'FROM scratch\nCOPY *.js /', ignore: '', tree: ['a.js', 'web/b.js', 'web/c.js']}],
  },
  message: ({source, count}) =>
    sentence`the wildcard in "${source}" makes Docker search the whole context: ${entries(count)} without need on every build`,
  check(facts) {
    const {filter, requests} = facts
    if (filter.requested === null || !facts.usesContext) return []
    const wild = requests.filter(({path}) => IgnoreRules.ofRequests([path]).entersAll)
    if (wild.length === 0) return []
    const count = countVain(facts)
    if (count === 0) return []
    const severity = count >= MANY ? 'warning' : 'info'
    return wild.map((request) => ({
      data: {source: request.source, count},
      place: facts.atRequest(request),
      severity,
    }))
  },
})

/** A search among fewer is done in some milliseconds. */
const MANY = 10_000

/** Entries of directories that are neither asked for nor ignored: without a wildcard Docker would not enter those. */
function countVain({tree, isSent, ignoreUse}: RuleFacts): number {
  let count = 0
  for (let entry = 0; entry < tree.length; entry++) {
    const parent = tree.parentOf(entry)
    if (parent !== ROOT && isSent[parent] === 0 && ignoreUse.isIgnored[parent] === 0) count++
  }
  return count
}
