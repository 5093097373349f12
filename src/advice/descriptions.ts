import type {RuleDescription} from '../report/rule-description.js'
import {RULES} from './rules/all-rules.js'
import {RULES_ACROSS} from './rules/builds/rules-across.js'

/** What documents each rule, for renderers of its findings. */
export const DESCRIPTIONS: readonly RuleDescription[] = [...RULES, ...RULES_ACROSS]
