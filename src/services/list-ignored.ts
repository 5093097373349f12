import type {IgnoredEntry} from '../report/entry.js'
import {visitEntries} from '../transfer/visit-entries.js'
import type {AnalyzeOptions} from './analyze-context.js'
import {encodePathBytes} from './list-transfer.js'
import {loadPlan} from './load-plan.js'
import {measurePlan} from './measure-plan.js'

/** Lists the topmost entries that the ignore file keeps out, each with the line that does, in BuildKit's order. */
export async function listIgnored(options: AnalyzeOptions): Promise<IgnoredEntry[]> {
  const plan = loadPlan(options)
  const {model, main} = await measurePlan(plan, options)
  const {ignoreFile} = plan.context
  const ignored = new Set<number>()
  const listed: IgnoredEntry[] = []
  if (ignoreFile === null) return listed
  visitEntries(
    model,
    {...main.filter, requested: null},
    {
      ignored(index, {decidedBy}) {
        ignored.add(index)
        if (ignored.has(model.parentOf(index))) return
        const {text, line} = ignoreFile.file.patterns[decidedBy]!
        listed.push({
          path: model.pathOf(index),
          ...encodePathBytes(model, index),
          type: model.typeOf(index),
          file: ignoreFile.path,
          line,
          pattern: text,
        })
      },
    },
  )
  return listed
}
