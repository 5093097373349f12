import type {ContextReport, Finding} from '../../report/context-report.js'
import type {ComposeReport, ComposeRewrite} from '../../report/project/compose-report.js'
import {NO_SIZES} from '../../report/sizes.js'

/** The findings about services as a report of findings alone, for the formats that annotate files. */
export function toComposeFindings(report: ComposeReport): ContextReport {
  const nothing = {plans: [], largest: [], suggestions: [], budgets: []}
  return {
    schemaVersion: 1,
    context: report.context,
    before: NO_SIZES,
    after: NO_SIZES,
    findings: report.findings.map((finding) => withEdits(finding, report.rewrites)),
    ...nothing,
  }
}

/** A proved change is a fix that a reader of SARIF can make. */
function withEdits(finding: Finding, rewrites: readonly ComposeRewrite[]): Finding {
  const own = rewrites.find(
    ({rule, file, confidence, line, endLine}) =>
      confidence === 'safe' &&
      rule === finding.rule &&
      file === finding.file &&
      finding.line !== undefined &&
      line <= finding.line &&
      finding.line <= endLine,
  )
  return own === undefined ? finding : {...finding, edits: own.edits}
}
