import {EXIT} from '../../../exit-codes.js'
import {findHookKind, findHookPlace} from '../../../services/hook/hook.js'
import {BaseCommand} from '../../base-command.js'
import {hookBudgetFlag, hookKindArg} from '../../flags/hook-flags.js'

export default class HookPrint extends BaseCommand {
  static override summary = 'Print the files and lines of a hook, to add them by hand'
  static override examples = [
    {
      description: 'Print the lines for .gitlab-ci.yml',
      command: '<%= config.bin %> <%= command.id %> gitlab --max-transfer 50MB',
    },
  ]
  static override usage = '<%= command.id %> KIND [--max-transfer SIZE]'
  static override args = {KIND: hookKindArg}
  static override flags = {
    'max-transfer': hookBudgetFlag,
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(HookPrint)
    const maxTransfer = flags['max-transfer']
    const place = findHookPlace(maxTransfer === undefined ? {} : {maxTransfer})
    process.stdout.write(findHookKind(args.KIND).print(place))
    return EXIT.ok
  }
}
