import {compareFindings} from '../advice/compare-findings.js'
import {compilePattern} from '../languages/ignore/compile-pattern.js'
import {createIgnorePattern} from '../languages/ignore/parse-ignore-file.js'
import type {Finding} from '../report/context-report.js'
import type {BuildSettings, RuleLevels, Settings} from './settings.js'

/**
 * Merges the settings of one build: the general budgets, then the patterns that match its name in the order of the file,
 * then the key that equals its name. A later budget or build argument replaces an earlier one of the same name.
 */
export function settingsForBuild({budgets, measure, smoke, builds}: Settings, name: string): BuildSettings {
  const matching = builds.filter((build) => build.name !== name && matchesBuild(build.name, name))
  const own = builds.filter((build) => build.name === name)
  let sum: BuildSettings = {name, budgets, buildArgs: {}, ...(measure && {measure}), ...(smoke && {smoke})}
  for (const {name: _key, ...build} of [...matching, ...own]) {
    sum = {
      ...sum,
      ...build,
      budgets: {...sum.budgets, ...build.budgets},
      ...(build.measure && {measure: {...sum.measure, ...build.measure}}),
      ...(build.smoke && {smoke: [...(sum.smoke ?? []), ...build.smoke]}),
      buildArgs: {...sum.buildArgs, ...build.buildArgs},
    }
  }
  return sum
}

function matchesBuild(pattern: string, name: string): boolean {
  return compilePattern(createIgnorePattern(pattern).glob).matches(name)
}

/** Drops the findings of rules that are off and gives the others their severity. @returns in the order of a report */
export function applyRuleSettings(findings: readonly Finding[], rules: RuleLevels): Finding[] {
  const kept: Finding[] = []
  for (const finding of findings) {
    const severity = rules.get(finding.rule) ?? finding.severity
    if (severity !== 'off') kept.push({...finding, severity})
  }
  return kept.sort(compareFindings)
}
