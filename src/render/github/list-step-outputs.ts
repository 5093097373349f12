import type {ContextReport} from '../../report/context-report.js'
import {headlineOf} from '../../report/headline.js'

/** What later steps of a GitHub job may read, by name; bytes. */
export function listStepOutputs(report: ContextReport): Record<string, number> {
  const {before, after} = headlineOf(report)
  return {
    'transfer-bytes': before.transferBytes,
    'saved-bytes': before.transferBytes - after.transferBytes,
  }
}
