import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../exit-codes.js'
import {planInstall, planShell} from '../../services/install/install.js'
import {chooseShell} from '../../services/install/shell-init.js'
import {BaseCommand} from '../base-command.js'
import {makeChanges, makeChangesWithConsent} from '../changes/make-changes.js'

export default class Install extends BaseCommand {
  static override summary = "Install the Docker plugin, so that 'docker slimcheck' works"
  static override description =
    "Writes a small launcher into $DOCKER_CONFIG/cli-plugins (~/.docker/cli-plugins) with the paths of Node.js and of this installation. Run it again if one of them moves. --shell also adds a function to the start-up file of your shell, which makes 'docker slim-check' work."
  static override examples = [
    {description: 'Make docker slimcheck work', command: '<%= config.bin %> <%= command.id %>'},
    {
      description: 'Make docker slim-check work in your shell, too',
      command: '<%= config.bin %> <%= command.id %> --shell',
    },
  ]
  static override usage = '<%= command.id %> [--shell] [--system] [--dry-run] [-y]'
  static override flags = {
    system: Flags.boolean({
      description: 'for all users of this machine, in /usr/local/lib/docker/cli-plugins',
    }),
    shell: Flags.boolean({
      description: "also add 'docker slim-check' to the start-up file of your shell ($SHELL)",
    }),
    'dry-run': Flags.boolean({description: 'show what would change, and change nothing'}),
    yes: Flags.boolean({char: 'y', description: 'do not ask before the start-up file is changed'}),
  }

  async run(): Promise<number> {
    const {flags} = await this.parse(Install)
    const options = {isDryRun: flags['dry-run'], isAgreed: flags.yes}
    const notes = options.isDryRun ? [] : ['Now try: docker slimcheck .']
    process.stdout.write(makeChanges({changes: [planInstall(flags.system)], notes}, options))
    if (!flags.shell) return EXIT.ok
    const shellNotes = options.isDryRun ? [] : ['"docker slim-check" works in a new terminal']
    const plan = {changes: [planShell(chooseShell(process.env))], notes: shellNotes}
    process.stdout.write(await makeChangesWithConsent(plan, options))
    return EXIT.ok
  }
}
