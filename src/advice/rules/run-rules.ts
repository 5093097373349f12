import type {Finding} from '../../report/context-report.js'
import {compareFindings} from '../compare-findings.js'
import {RuleFacts, type RuleInput} from '../facts/rule-facts.js'
import {RULES} from './all-rules.js'

/** More findings of one rule are only counted: nobody reads them. */
const MAX_PER_RULE = 20

/**
 * Runs every rule: errors first, then by file and line. What one rule finds beyond some 20 is summed up in one line.
 * @param isIgnored findings to leave out before they are summed up, as comments ask for
 */
export function runRules(
  input: RuleInput,
  isIgnored: (finding: Finding) => boolean = () => false,
): Finding[] {
  const facts = new RuleFacts(input)
  return RULES.flatMap((rule) => {
    const findings = rule.findProblems(facts).filter((finding) => !isIgnored(finding))
    return sumUpFindings(findings.sort(compareFindings))
  }).sort(compareFindings)
}

function sumUpFindings(findings: Finding[]): Finding[] {
  const rest = findings.slice(MAX_PER_RULE)
  const [first] = rest
  if (first === undefined || rest.length === 1) return findings
  const {rule, severity} = first
  return [
    ...findings.slice(0, MAX_PER_RULE),
    {rule, severity, message: `and ${rest.length} more of the same`},
  ]
}
