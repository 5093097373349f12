import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../../exit-codes.js'
import {findHookKind, findHookPlace} from '../../../services/hook/hook.js'
import {BaseCommand} from '../../base-command.js'
import {makeChanges} from '../../changes/make-changes.js'
import {hookKindArg} from '../../flags/hook-flags.js'

export default class HookUninstall extends BaseCommand {
  static override summary = 'Undo hook install'
  static override examples = [
    {description: 'Remove the hook again', command: '<%= config.bin %> <%= command.id %> docker-build'},
  ]
  static override usage = '<%= command.id %> KIND [--path PATH] [--dry-run]'
  static override args = {KIND: hookKindArg}
  static override flags = {
    path: Flags.string({helpValue: 'PATH', description: 'script: where it is; default: docker-pre-build'}),
    'dry-run': Flags.boolean({description: 'show what would change, and change nothing'}),
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(HookUninstall)
    const place = findHookPlace(flags.path === undefined ? {} : {path: flags.path})
    const plan = findHookKind(args.KIND).uninstall(place)
    process.stdout.write(makeChanges(plan, {isDryRun: flags['dry-run'], isAgreed: true}))
    return EXIT.ok
  }
}
