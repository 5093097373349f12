import type {Finding} from '../../../report/context-report.js'
import type {AcrossFacts} from './define-rule-across.js'
import {RULES_ACROSS} from './rules-across.js'

/** Runs every rule about several builds together; of a single one those that have something to say of it, too. */
export function findProblemsAcross(facts: AcrossFacts): Finding[] {
  const isOne = facts.plans.length + facts.failed.length < 2
  return RULES_ACROSS.filter(({isAboutOne}) => isAboutOne || !isOne).flatMap(({id, severity, check}) =>
    check(facts).map((found) => ({rule: id, severity, ...found})),
  )
}
