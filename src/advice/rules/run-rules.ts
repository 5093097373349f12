import type {Finding, Severity} from '../../report/context-report.js'
import {RULES} from './all-rules.js'
import {RuleFacts, type RuleInput} from './facts/rule-facts.js'

/** More findings of one rule are only counted: nobody reads them. */
const MAX_PER_RULE = 20

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

/** Runs every rule: errors first, then by file and line. What one rule finds beyond some 20 is summed up in one line. */
export function runRules(input: RuleInput): Finding[] {
  const facts = new RuleFacts(input)
  return RULES.flatMap((rule) => sumUp(rule.findProblems(facts).sort(compareFindings))).sort(compareFindings)
}

function sumUp(findings: Finding[]): Finding[] {
  const rest = findings.slice(MAX_PER_RULE)
  const [first] = rest
  if (first === undefined || rest.length === 1) return findings
  const {rule, severity} = first
  return [
    ...findings.slice(0, MAX_PER_RULE),
    {rule, severity, message: `and ${rest.length} more of the same`},
  ]
}

/** A finding about the whole context stands behind those with a place. */
function compareFindings(one: Finding, other: Finding): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compareTexts(one.file ?? '\uffff', other.file ?? '\uffff') ||
    (one.line ?? 0) - (other.line ?? 0) ||
    compareTexts(one.rule, other.rule)
  )
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
