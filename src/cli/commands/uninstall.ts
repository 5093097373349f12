import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../exit-codes.js'
import {planUninstall} from '../../services/install/install.js'
import {BaseCommand} from '../base-command.js'
import {makeChanges} from '../changes/make-changes.js'

export default class Uninstall extends BaseCommand {
  static override summary = 'Remove the Docker plugin and the hooks in Docker'
  static override description =
    "Removes the launcher, the function of install --shell, and the hooks docker-build and after-build. Docker's config.json is as before, and files of other programs stay. Hooks in projects stay, too: docker-slim-check hook uninstall removes them."
  static override examples = [
    {description: 'Remove everything', command: '<%= config.bin %> <%= command.id %>'},
    {description: 'See it first', command: '<%= config.bin %> <%= command.id %> --dry-run'},
  ]
  static override usage = '<%= command.id %> [--system] [--dry-run]'
  static override flags = {
    system: Flags.boolean({description: 'remove what install --system installed'}),
    'dry-run': Flags.boolean({description: 'show what would change, and change nothing'}),
  }

  async run(): Promise<number> {
    const {flags} = await this.parse(Uninstall)
    const options = {isDryRun: flags['dry-run'], isAgreed: true}
    for (const plan of planUninstall(flags.system)) process.stdout.write(makeChanges(plan, options))
    return EXIT.ok
  }
}
