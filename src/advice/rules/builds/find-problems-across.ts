import type {Finding} from '../../../report/context-report.js'
import type {AcrossFacts} from './define-rule-across.js'
import {RULES_ACROSS} from './rules-across.js'

/** Runs every rule about several builds together; nothing for a single one. */
export function findProblemsAcross(facts: AcrossFacts): Finding[] {
  if (facts.plans.length + facts.failed.length < 2) return []
  return RULES_ACROSS.flatMap(({id, severity, check}) =>
    check(facts).map((found) => ({rule: id, severity, ...found})),
  )
}
