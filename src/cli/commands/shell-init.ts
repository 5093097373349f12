import * as Args from '@oclif/core/args'
import {EXIT} from '../../exit-codes.js'
import {SHELLS} from '../../host/shell/shell-function.js'
import {initShell} from '../../services/install/shell-init.js'
import {BaseCommand} from '../base-command.js'

export default class ShellInit extends BaseCommand {
  static override summary = "Print the shell functions for 'docker slim-check' and for completion"
  static override description =
    'Docker allows no hyphen in the name of a plugin. The function turns docker slim-check into docker slimcheck, and passes every other command on to docker unchanged.'
  static override examples = [
    {description: 'For this terminal alone', command: 'eval "$(<%= config.bin %> <%= command.id %> bash)"'},
    {description: 'fish', command: '<%= config.bin %> <%= command.id %> fish | source'},
  ]
  static override usage = '<%= command.id %> SHELL'
  static override args = {
    SHELL: Args.string({required: true, options: [...SHELLS], description: 'the shell', ignoreStdin: true}),
  }

  async run(): Promise<number> {
    const {args} = await this.parse(ShellInit)
    const shell = SHELLS.find((candidate) => candidate === args.SHELL)
    if (shell !== undefined) process.stdout.write(initShell(shell))
    return EXIT.ok
  }
}
