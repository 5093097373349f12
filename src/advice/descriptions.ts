import {RULES} from './rules/all-rules.js'
import {RULES_ACROSS} from './rules/builds/rules-across.js'
import type {RuleDescription} from './rules/define-rule.js'

/** What documents each rule, for whoever shows its findings. */
export const DESCRIPTIONS: readonly RuleDescription[] = [...RULES, ...RULES_ACROSS]
