import * as Flags from '@oclif/core/flags'
import {DEFAULT_FAIL_ON, type FailOn} from '../../measure/budget/fail-on.js'

/** Which findings fail a run. Without it the configuration says so, else `DEFAULT_FAIL_ON`. */
export function failOnFlag(...options: [FailOn, ...FailOn[]]) {
  const suggestion = options.includes('suggestion') ? ', or for a safe suggestion' : ''
  return Flags.string({
    helpGroup: 'BUDGET',
    options,
    description: `exit with status 1 for findings of this severity${suggestion}; default: ${DEFAULT_FAIL_ON}`,
  })
}

/** What the builds are held to. They take the place of the configuration's. */
export const budgetFlags = {
  'max-transfer': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if a build transfers more, for instance than 50MB or 50MiB',
  }),
  'max-files': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'N',
    description: 'exit with status 1 if a build transfers more files',
  }),
  'max-rebuild': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if a rebuild without a change transfers more',
  }),
  'max-entry': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if a single file takes more',
  }),
  baseline: Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'FILE',
    description:
      'exit with status 1 if a build transfers more than this file recorded, plus the growth that is allowed',
  }),
  'update-baseline': Flags.boolean({
    helpGroup: 'BUDGET',
    description: 'write what is transferred now into the baseline',
  }),
  'fail-on': failOnFlag('error', 'warning', 'suggestion', 'never'),
}
