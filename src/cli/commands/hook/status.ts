import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../../exit-codes.js'
import {renderHookStatus} from '../../../render/hook/render-hook-status.js'
import {listHookStatus} from '../../../services/hook/hook.js'
import {BaseCommand} from '../../base-command.js'

export default class HookStatus extends BaseCommand {
  static override summary = 'Show which hooks are installed, here and in Docker'
  static override examples = [
    {description: 'See which hooks are installed', command: '<%= config.bin %> <%= command.id %>'},
  ]
  static override usage = '<%= command.id %> [--json]'
  static override flags = {json: Flags.boolean({description: 'print the list as JSON'})}

  async run(): Promise<number> {
    const {flags} = await this.parse(HookStatus)
    const rows = listHookStatus()
    process.stdout.write(flags.json ? `${JSON.stringify(rows, null, 2)}\n` : renderHookStatus(rows))
    return EXIT.ok
  }
}
