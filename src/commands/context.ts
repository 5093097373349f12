import {Flags} from '@oclif/core'
import {EXIT} from '../exit-codes.js'
import {renderJson} from '../render/render-json.js'
import {renderText} from '../render/render-text.js'
import {type AnalyzeOptions, analyzeContext} from '../services/analyze-context.js'
import {analyzeTar} from '../services/analyze-tar.js'
import {createProgress} from '../system/progress.js'
import {BaseCommand, buildFlags, contextArgument} from './base-command.js'

export default class Context extends BaseCommand {
  static override summary = 'Show what docker build will send, and which paths make it large'
  static override description =
    'Walks the build context through its ignore file exactly as BuildKit does and predicts the number that docker build prints as "transferring context". No engine is needed, and nothing is changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> .',
    '<%= config.bin %> <%= command.id %> . --file api/Dockerfile --target runtime',
    '<%= config.bin %> <%= command.id %> . --json',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    json: Flags.boolean({description: 'print the report as JSON'}),
    top: Flags.integer({
      default: 10,
      min: 1,
      helpValue: 'N',
      description: 'how many of the largest paths to show',
    }),
    depth: Flags.integer({
      min: 1,
      helpValue: 'N',
      description: 'roll the largest paths up to directories N levels deep; default: to what explains them',
    }),
    bytes: Flags.boolean({description: 'show every byte instead of rounded sizes'}),
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(Context)
    const progress = createProgress()
    const options = await this.readBuildOptions(args.DIR, flags)
    const analyze =
      args.DIR === '-' ? (given: AnalyzeOptions) => analyzeTar(process.stdin, given) : analyzeContext
    const report = await analyze({
      ...options,
      ...(flags.depth !== undefined && {depth: flags.depth}),
      onProgress: progress.update,
    }).finally(progress.end)
    const text = flags.json
      ? renderJson(report)
      : renderText(report, {...this.screen, top: flags.top, isExact: flags.bytes})
    process.stdout.write(text)
    return EXIT.ok
  }
}
