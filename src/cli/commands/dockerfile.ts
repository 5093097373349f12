import * as Flags from '@oclif/core/flags'
import {SlimCheckError} from '../../errors.js'
import {EXIT} from '../../exit-codes.js'
import {createProgress} from '../../host/terminal/progress.js'
import {renderJson} from '../../render/json/render-json.js'
import {renderDockerfile, renderRewriteChange} from '../../render/text/render-dockerfile.js'
import {adviseDockerfile} from '../../services/dockerfile/advise-dockerfile.js'
import {planChange, writeChange} from '../../services/dockerfile/write-rewrites.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'

export default class Dockerfile extends BaseCommand {
  static override summary = 'Show what to write differently in a Dockerfile, as proved changes'
  static override description =
    'Reads the Dockerfile and the context that it is built from, and proposes changes of the text: + is proved, ? has an open question, x is blocked by something in the project. Each was applied to the text and evaluated again, for every stage: it asks for no more, runs the same commands and says the same of the image. Comments, continuation lines, line endings and all else stay byte for byte. No engine is needed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> .',
    '<%= config.bin %> <%= command.id %> . --diff',
    '<%= config.bin %> <%= command.id %> . --file api/Dockerfile --write',
  ]
  static override usage = [
    '<%= command.id %> [DIR] [-f PATH] [--target STAGE] [--write | --diff] [--all] [OPTIONS]',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    write: Flags.boolean({
      exclusive: ['diff'],
      description: 'make the proved changes; undone if the new text cannot be built',
    }),
    diff: Flags.boolean({description: 'show what --write would change, and write nothing'}),
    all: Flags.boolean({description: 'show and write the changes that need a review, too'}),
    json: Flags.boolean({description: 'print the report as JSON'}),
  }

  private readonly progress = createProgress()

  async run(): Promise<number> {
    const {args, flags} = await this.parse(Dockerfile)
    if (flags.write && flags.file === '-') {
      throw new SlimCheckError('cannot-edit', {path: '-', reason: 'it comes from standard input'})
    }
    const options = await this.readBuildOptions(args.DIR, flags)
    const advice = await adviseDockerfile({...options, onProgress: this.progress.update}).finally(
      this.progress.end,
    )
    const {report} = advice
    if (flags.json) process.stdout.write(renderJson(report))
    if (!flags.write && !flags.diff) {
      if (!flags.json) process.stdout.write(renderDockerfile(report, this.screen))
      return EXIT.ok
    }
    const change = planChange(advice, flags.all)
    if (flags.write && change !== null) writeChange(advice, change)
    // A machine-readable report has standard output for itself.
    const output = flags.json ? process.stderr : process.stdout
    output.write(renderRewriteChange(report, change, this.screen))
    return EXIT.ok
  }
}
