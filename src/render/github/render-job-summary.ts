import type {ContextReport} from '../../report/context-report.js'
import {renderMarkdown} from '../markdown/render-markdown.js'

/** GitHub takes 1 MiB a step; no UTF-16 unit takes more than three bytes. */
const MAX_CHARACTERS = 300_000

/** Renders a report as Markdown for the summary of a job. */
export function renderJobSummary(report: ContextReport): string {
  return renderMarkdown(report, {hasMarker: false, maxCharacters: MAX_CHARACTERS})
}
