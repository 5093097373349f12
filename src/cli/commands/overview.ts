import * as Flags from '@oclif/core/flags'
import {EXIT} from '../../exit-codes.js'
import {findIndexDir} from '../../host/cache/walk-index-store.js'
import {createProgress} from '../../host/terminal/progress.js'
import {reviewProject} from '../../services/overview/review-project.js'
import {BaseCommand, contextArgument} from '../base-command.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {given} from '../flags/given.js'
import {fillOptionalValues} from '../flags/optional-values.js'
import {reportFlags} from '../flags/report-flags.js'
import {OVERVIEW_FORMATS, overviewForms} from '../reports/overview-forms.js'
import {writeReport} from '../reports/write-report.js'

export default class Overview extends BaseCommand {
  static override summary = 'Show everything on one screen: context, rebuild, Dockerfile, image, services'
  static override description =
    'Shows what a project costs and what you can save, in a line or two for each part, then what to do first and the command for it. A directory alone, without the word overview, shows the same. Nothing is written, and the exit status is 0 even if errors are found: to fail a CI job, use the commands that it names.'
  static override examples = [
    {description: 'The directory that you are in', command: '<%= config.bin %>'},
    {description: 'The same, written out', command: '<%= config.bin %> <%= command.id %> .'},
    {
      description: 'With the image that was built from it',
      command: '<%= config.bin %> <%= command.id %> . --image app:latest',
    },
    {
      description: 'A page to share',
      command: '<%= config.bin %> <%= command.id %> . --output overview.html',
    },
  ]
  static override usage = '<%= command.id %> [DIR] [--image NAME] [--format FORM] [OPTIONS]'
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildChoiceFlags,
    image: Flags.string({
      helpGroup: 'REPORT',
      helpValue: 'NAME|ARCHIVE',
      description: 'the image to report on; default: the images of services that your Docker engine has',
    }),
    format: Flags.string({
      helpGroup: 'REPORT',
      options: OVERVIEW_FORMATS,
      description: 'the format of the report; default: text',
    }),
    json: reportFlags.json,
    output: reportFlags.output,
    bytes: reportFlags.bytes,
    config: reportFlags.config,
    sizes: Flags.boolean({
      helpGroup: 'REPORT',
      allowNo: true,
      default: true,
      description: 'read the sizes of images from your Docker engine',
    }),
  }

  private readonly progress = createProgress()

  async run(): Promise<number> {
    this.argv = fillOptionalValues(this.argv, OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(Overview)
    const report = await reviewProject({
      build: {contextDir: args.DIR},
      indexDir: findIndexDir(process.env),
      onProgress: this.progress.update,
      sizes: flags.sizes,
      ...given({choice: readBuildChoice(flags), image: flags.image, configFile: flags.config}),
    }).finally(this.progress.end)
    const {bin, version} = this.config
    await writeReport(overviewForms(report, bin), {...flags, version, screen: this.screen})
    return EXIT.ok
  }
}
