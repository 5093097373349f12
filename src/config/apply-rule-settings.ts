import {compareFindings} from '../advice/compare-findings.js'
import type {Finding} from '../report/context-report.js'
import type {RuleLevels} from './settings.js'

/** Drops the findings of rules that are off and gives the others their severity. @returns in the order of a report */
export function applyRuleSettings(findings: readonly Finding[], rules: RuleLevels): Finding[] {
  const kept: Finding[] = []
  for (const finding of findings) {
    const severity = rules.get(finding.rule) ?? finding.severity
    if (severity !== 'off') kept.push({...finding, severity})
  }
  return kept.sort(compareFindings)
}
