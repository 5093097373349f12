import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../../exit-codes.js'
import {planHookInstall} from '../../../services/hook/hook.js'
import {BaseCommand} from '../../base-command.js'
import {makeChanges} from '../../changes/make-changes.js'
import {given} from '../../flags/given.js'
import {hookBudgetFlag, hookKindArg} from '../../flags/hook-flags.js'

export default class HookInstall extends BaseCommand {
  static override summary = 'Install a hook that checks the context before or after a build'
  static override description =
    'Each kind checks the build at another moment. A hook that finds an exceeded budget or an error says so, and stops what it can stop: a commit, a push, a job; a docker build only with --stop. hook uninstall undoes it.'
  static override examples = [
    {
      description: 'Check before every docker build, and stop it above 50 MB',
      command: '<%= config.bin %> <%= command.id %> docker-build --max-transfer 50MB --stop',
    },
    {
      description: 'See what a hook of Git would change',
      command: '<%= config.bin %> <%= command.id %> git --dry-run',
    },
  ]
  static override usage = '<%= command.id %> KIND [--max-transfer SIZE] [--stop] [--path PATH] [--dry-run]'
  static override args = {KIND: hookKindArg}
  static override flags = {
    'max-transfer': hookBudgetFlag,
    stop: Flags.boolean({description: 'docker-build: an exceeded budget stops the build'}),
    path: Flags.string({helpValue: 'PATH', description: 'script: where it goes; default: docker-pre-build'}),
    'dry-run': Flags.boolean({description: 'show what would change, and change nothing'}),
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(HookInstall)
    const plan = planHookInstall(args.KIND, {
      ...given({maxTransfer: flags['max-transfer'], path: flags.path}),
      stops: flags.stop,
    })
    process.stdout.write(makeChanges(plan, {isDryRun: flags['dry-run'], isAgreed: true}))
    return EXIT.ok
  }
}
