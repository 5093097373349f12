import type {RuleDescription} from '../report/rule-description.js'
import {REWRITE_RULES} from './rules/rewrites/all-rewrites.js'

/** What documents each rule of rewrites, for renderers of its findings. */
export const REWRITE_DESCRIPTIONS: readonly RuleDescription[] = REWRITE_RULES.map(
  ({id, summary, reason}) => ({
    id,
    severity: 'warning',
    summary,
    reason,
    remedy: 'docker slimcheck dockerfile --diff shows the change, --write makes it.',
  }),
)
