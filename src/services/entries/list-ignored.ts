import {visitEntries} from '../../build/transfer/visit-entries.js'
import {mapLazily} from '../../measure/figures/map-lazily.js'
import type {IgnoredEntry} from '../../report/entry.js'
import {measurePlan} from '../analysis/measure-plan.js'
import type {AnalyzeOptions} from '../context/analyze-context.js'
import {loadPlan} from '../load/load-plan.js'
import {encodePathBytes} from './list-transfer.js'

/**
 * Lists the topmost entries that the ignore file keeps out, each with the line that does, in BuildKit's order. Each is made
 * when it is asked for.
 */
export async function listIgnored(options: AnalyzeOptions): Promise<Iterable<IgnoredEntry>> {
  const plan = loadPlan(options)
  const {tree, main} = await measurePlan(plan, options)
  const {ignoreFile} = plan.context
  if (ignoreFile === null) return []
  const {patterns} = ignoreFile.rules
  const isIgnored = new Uint8Array(tree.length)
  /** Of the topmost ones: the entry, and the pattern that decides. */
  const listed: {indexes: number[]; patternNumbers: number[]} = {indexes: [], patternNumbers: []}
  visitEntries(
    tree,
    {...main.filter, requested: null},
    {
      ignored(index, {decidedBy}) {
        isIgnored[index] = 1
        if (isIgnored[tree.parentOf(index)] === 1) return
        listed.indexes.push(index)
        listed.patternNumbers.push(decidedBy)
      },
    },
  )
  return mapLazily(listed.indexes, (index, number) => {
    const {text, line} = patterns[listed.patternNumbers[number]!]!
    return {
      path: tree.pathOf(index),
      ...encodePathBytes(tree, index),
      type: tree.typeOf(index),
      file: ignoreFile.path,
      line,
      pattern: text,
    }
  })
}
