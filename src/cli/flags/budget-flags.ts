import * as Flags from '@oclif/core/flags'
import {DEFAULT_FAIL_ON, type FailOn} from '../../measure/budget/fail-on.js'

const FAILS_ON: Record<FailOn, string> = {
  error: 'for an error',
  warning: 'for a warning or an error',
  suggestion: 'for a + suggestion',
  never: 'for no finding',
}

/** Which findings fail a run. Without it the configuration says so, else `DEFAULT_FAIL_ON`. */
export function failOnFlag(...options: [FailOn, ...FailOn[]]) {
  const said = options.map((option) => FAILS_ON[option])
  return Flags.string({
    helpGroup: 'BUDGET',
    options,
    description: `when to exit with status 1: ${said.join(', ')}; default: ${DEFAULT_FAIL_ON}`,
  })
}

/** What the builds are held to. They take the place of the configuration's. */
export const budgetFlags = {
  'max-transfer': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if a build transfers more, such as 50MB or 50MiB',
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
    description: 'record what is transferred now in the file of --baseline',
  }),
  'fail-on': failOnFlag('error', 'warning', 'suggestion', 'never'),
}
