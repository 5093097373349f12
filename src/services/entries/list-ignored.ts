import {visitEntries} from '../../build/transfer/visit-entries.js'
import {mapLazily} from '../../measure/figures/map-lazily.js'
import type {IgnoredEntry} from '../../report/entry.js'
import {measurePlan} from '../analysis/measure-project.js'
import type {AnalyzeOptions} from '../context/analyze-context.js'
import {loadPlan} from '../load/load-plan.js'
import {encodePathBytes} from './list-transfer.js'

/**
 * Lists the topmost entries that the ignore file keeps out, each with the line that does, in BuildKit's order. Each is made
 * when it is asked for.
 */
export async function listIgnored(options: AnalyzeOptions): Promise<Iterable<IgnoredEntry>> {
  const {plan, context, main} = await measurePlan(loadPlan(options), options)
  const {tree} = context
  const {ignoreFile} = plan.context
  if (ignoreFile === null) return []
  const {patterns} = ignoreFile.rules
  const isIgnored = new Uint8Array(tree.length)
  /** Of the topmost ones: the entry, and the rule number of the pattern that decides. */
  const listed: {entries: number[]; ruleNumbers: number[]} = {entries: [], ruleNumbers: []}
  visitEntries(
    tree,
    {...main.filter, requested: null},
    {
      ignored(entry, {decidedBy}) {
        isIgnored[entry] = 1
        if (isIgnored[tree.parentOf(entry)] === 1) return
        listed.entries.push(entry)
        listed.ruleNumbers.push(decidedBy)
      },
    },
  )
  return mapLazily(listed.entries, (entry, at) => {
    const {text, line} = patterns[listed.ruleNumbers[at]!]!
    return {
      path: tree.pathOf(entry),
      ...encodePathBytes(tree, entry),
      type: tree.typeOf(entry),
      file: ignoreFile.path,
      line,
      pattern: text,
    }
  })
}
