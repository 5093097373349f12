import {renderJobSummary} from '../render/github/render-job-summary.js'
import type {Screen} from '../render/terminal/style.js'
import type {ContextReport} from '../report/context-report.js'
import type {Analysis} from '../services/analysis/analyze-builds.js'
import {addJobSummary, locateInRepository} from '../services/context/save-report.js'
import {deliver} from './deliver.js'
import {chooseFormat, renderReport} from './formats.js'

/** How a report is wanted: the flags, above the configuration. */
export interface ReportLook {
  format?: string | undefined
  json?: boolean
  output?: string | undefined
  tree?: boolean
  top?: number | undefined
  bytes?: boolean
  all?: boolean
  version: string
  screen: Screen
}

const DEFAULT_TOP = 10

/** Writes a report to standard output, or to a file. @param analysis what stands behind it; null where there is only the report */
export async function writeReport(
  report: ContextReport,
  analysis: Analysis | null,
  look: ReportLook,
): Promise<void> {
  const format = chooseFormat(look)
  const screen = look.output === undefined ? look.screen : {...look.screen, hasColor: false}
  const options = {
    ...screen,
    top: look.top ?? DEFAULT_TOP,
    isExact: look.bytes ?? false,
    isTree: look.tree ?? false,
    version: look.version,
    all: look.all ?? false,
    contextPath: locateInRepository(report.context),
  }
  const text = await renderReport(format, report, analysis, options)
  deliver(text, look.output, report.context)
  if (format === 'github') addJobSummary(renderJobSummary(report), process.env)
}
