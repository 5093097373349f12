import type {Finding} from '../../report/context-report.js'
import {joinPrefix} from './group-plans.js'

/** What is wrong with one build: file names relative to its context. */
export interface PlanFindings {
  plan: string
  /** The context, relative to the report's, with a slash behind. */
  prefix: string
  findings: readonly Finding[]
}

/**
 * Puts the findings of several builds together: what all of them have is told once, what one has names it.
 * @param filesRead ignore files that some build reads, relative to the report's context: they are not inert
 */
export function mergeFindings(parts: readonly PlanFindings[], filesRead: ReadonlySet<string>): Finding[] {
  const merged = new Map<string, {finding: Finding; plans: string[]}>()
  for (const {plan, prefix, findings} of parts) {
    for (const found of findings) {
      const finding = found.file === undefined ? found : {...found, file: joinPrefix(prefix, found.file)}
      if (finding.rule === 'inert-ignore-file' && filesRead.has(finding.file ?? '')) continue
      const key = JSON.stringify([finding.rule, finding.file, finding.line, finding.message])
      const known = merged.get(key)
      if (known) known.plans.push(plan)
      else merged.set(key, {finding, plans: [plan]})
    }
  }
  const isOne = parts.length <= 1
  return [...merged.values()].map(({finding, plans}) =>
    isOne || plans.length > 1 ? finding : {...finding, plan: plans[0]!},
  )
}
