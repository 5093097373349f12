import type {Finding, Severity} from '../report/context-report.js'

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

/** Orders findings: errors first, then by file and line. One about the whole context stands behind those with a place. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compareTexts(one.file ?? '\uffff', other.file ?? '\uffff') ||
    (one.line ?? 0) - (other.line ?? 0) ||
    compareTexts(one.rule, other.rule)
  )
}

/** By code units, whatever the user's language. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
