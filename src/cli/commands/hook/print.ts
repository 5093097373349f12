import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../../exit-codes.js'
import {HOOK_KINDS} from '../../../host/hooks/hook-kinds.js'
import {findHookKind, findHookPlace} from '../../../services/hook/hook.js'
import {BaseCommand} from '../../base-command.js'

export default class HookPrint extends BaseCommand {
  static override summary = 'Print what a hook consists of, to put it in place by hand'
  static override examples = ['<%= config.bin %> <%= command.id %> gitlab --max-transfer 50MB']
  static override args = {
    KIND: Args.string({
      required: true,
      options: HOOK_KINDS.map(({name}) => name),
      description: 'the kind of hook',
      ignoreStdin: true,
    }),
  }
  static override flags = {
    'max-transfer': Flags.string({
      helpValue: 'SIZE',
      description: 'the budget that the hook holds a build to',
    }),
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(HookPrint)
    const maxTransfer = flags['max-transfer']
    const place = findHookPlace(maxTransfer === undefined ? {} : {maxTransfer})
    process.stdout.write(findHookKind(args.KIND).print(place))
    return EXIT.ok
  }
}
