import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {HOOK_KINDS} from '../../host/hooks/hook-kinds.js'

/** The argument that names a kind of hook. */
export const hookKindArg = Args.string({
  required: true,
  options: HOOK_KINDS.map(({name}) => name),
  description: ['the kind of hook', ...HOOK_KINDS.map(({name, summary}) => `${name}: ${summary}`)].join('\n'),
  ignoreStdin: true,
})

export const hookBudgetFlag = Flags.string({
  helpValue: 'SIZE',
  description: 'the most that a build may transfer, such as 50MB',
})
