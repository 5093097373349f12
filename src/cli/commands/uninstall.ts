import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../exit-codes.js'
import {planUninstall} from '../../services/install/install.js'
import {BaseCommand} from '../base-command.js'
import {makeChanges} from '../changes/make-changes.js'

export default class Uninstall extends BaseCommand {
  static override summary = 'Take away what install and the hooks in Docker put there'
  static override description =
    "Takes out the launcher, the function of install --shell, and the hooks docker-build and after-build. Files that others made stay, and Docker's config.json is what it was before. Hooks in projects stay: see hook uninstall."
  static override examples = [
    {description: 'Take everything away again', command: '<%= config.bin %> <%= command.id %>'},
    {description: 'See it first', command: '<%= config.bin %> <%= command.id %> --dry-run'},
  ]
  static override flags = {
    system: Flags.boolean({description: 'what install --system put there'}),
    'dry-run': Flags.boolean({description: 'show what would change, and change nothing'}),
  }

  async run(): Promise<number> {
    const {flags} = await this.parse(Uninstall)
    const options = {isDryRun: flags['dry-run'], isAgreed: true}
    for (const plan of planUninstall(flags.system)) process.stdout.write(makeChanges(plan, options))
    return EXIT.ok
  }
}
