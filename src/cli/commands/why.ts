import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../exit-codes.js'
import {renderJson} from '../../render/json/render-json.js'
import {renderExplanations} from '../../render/text/render-entries.js'
import {explainPaths} from '../../services/entries/explain-paths.js'
import {BaseCommand, buildFlags} from '../base-command.js'

export default class Why extends BaseCommand {
  static override summary = 'Say why a path is sent, or is not'
  static override description =
    'For each path, relative to the working directory: in or out, the line of the ignore file that decides, and the instruction that asks for it. The path need not exist.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> node_modules',
    '<%= config.bin %> <%= command.id %> src/app.js .env --file api/Dockerfile',
  ]
  static override strict = false
  static override args = {
    PATH: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'a path in the context; several may be given',
    }),
  }
  static override flags = {
    ...buildFlags,
    context: Flags.string({default: '.', helpValue: 'DIR', description: 'the build context'}),
    json: Flags.boolean({description: 'print the answers as JSON'}),
  }

  async run(): Promise<number> {
    const {argv, flags} = await this.parse(Why)
    const options = await this.readBuildOptions(flags.context, flags)
    const paths = await explainPaths(options, argv as string[])
    process.stdout.write(
      flags.json ? renderJson({schemaVersion: 1, paths}) : renderExplanations(paths, this.screen),
    )
    return EXIT.ok
  }
}
