import * as Flags from '@oclif/core/flags'
import type {SettingFlags} from '../../config/override-settings.js'
import {findIndexDir} from '../../host/cache/walk-index-store.js'
import {createProgress} from '../../host/terminal/progress.js'
import {escapeForTerminal} from '../../render/terminal/escape.js'
import {
  renderRewriteChanges,
  renderRewriteChoices,
  renderRewriteOutcome,
} from '../../render/text/render-dockerfile.js'
import type {FileChange} from '../../report/file-change.js'
import type {ComposeReport, ComposeRewrite} from '../../report/project/compose-report.js'
import {addImageSizes} from '../../services/compose/image-sizes.js'
import {adviseCompose, type ComposeAnalysis} from '../../services/compose/report-compose.js'
import {
  chooseComposeRewrites,
  planComposeChanges,
  writeComposeChanges,
} from '../../services/compose/write-compose.js'
import {BaseCommand, contextArgument} from '../base-command.js'
import {tickChoices} from '../changes/tick-choices.js'
import {endWithVerdict} from '../end-with-verdict.js'
import {failOnFlag} from '../flags/budget-flags.js'
import {changeFlags} from '../flags/change-flags.js'
import {given} from '../flags/given.js'
import {reportFlags} from '../flags/report-flags.js'
import {composeForms} from '../reports/compose-forms.js'
import {writeReport} from '../reports/write-report.js'

/** Services are rows; most projects have fewer. */
const DEFAULT_TOP = 20

export default class Compose extends BaseCommand {
  static override summary = 'Show what goes wrong between the services of a Compose project'
  static override description =
    'Reads the compose files as Compose does, with the Dockerfiles and contexts of their services. Shows one row for each service, then what goes wrong: images that are built twice, packages that are installed at every start, files that a mount hides, health checks that can never pass. A project for development is allowed what development needs. A change leaves the rest of the file as it is: each was applied, and the project was read again to prove that nothing else differs. No Docker engine is needed; with one, the sizes of images are shown.'
  static override examples = [
    {
      description: 'One row for each service, and what goes wrong between them',
      command: '<%= config.bin %> <%= command.id %> .',
    },
    {
      description: 'The files for production, in the order of docker compose',
      command: '<%= config.bin %> <%= command.id %> . --file compose.yaml --file compose.prod.yaml',
    },
    {
      description: 'All changes as a diff, also those with an open question',
      command: '<%= config.bin %> <%= command.id %> . --all --diff',
    },
    {
      description: 'Annotate a pull request on GitHub, and fail on warnings',
      command: '<%= config.bin %> <%= command.id %> . --fail-on warning --format github',
    },
  ]
  static override usage = [
    '<%= command.id %> [DIR] [-f FILE] [--service NAME] [--write | --diff | -i] [--all] [OPTIONS]',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    file: Flags.string({
      char: 'f',
      helpGroup: 'PROJECT',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
      description:
        'a compose file; several are merged in this order; default: compose.yaml or its variants in DIR, or in the one folder below DIR that has them',
    }),
    service: Flags.string({
      helpGroup: 'PROJECT',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      description: 'report only this service',
    }),
    profile: Flags.string({
      helpGroup: 'PROJECT',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      description: 'also report the services of this profile; "*" for all',
    }),
    'env-file': Flags.string({
      // Node takes --env-file for its own, wherever it stands.
      aliases: ['environment-file'],
      helpGroup: 'PROJECT',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
      description: 'read variables from this file instead of .env',
    }),
    format: reportFlags.format,
    json: reportFlags.json,
    output: reportFlags.output,
    top: reportFlags.top,
    bytes: reportFlags.bytes,
    config: reportFlags.config,
    sizes: Flags.boolean({
      helpGroup: 'REPORT',
      allowNo: true,
      default: true,
      description: 'read the sizes of images from your Docker engine',
    }),
    'fail-on': failOnFlag('error', 'warning', 'suggestion', 'never'),
    write: Flags.boolean({
      exclusive: ['diff'],
      description: 'make the proved changes; undone if anything else in the project would change',
    }),
    ...changeFlags,
  }

  private readonly progress = createProgress()

  async run(): Promise<number> {
    const {args, flags} = await this.parse(Compose)
    const analysis = await adviseCompose({
      contextDir: args.DIR,
      indexDir: findIndexDir(process.env),
      onProgress: this.progress.update,
      flags: flags as SettingFlags,
      ...given({
        composeFiles: flags.file,
        services: flags.service,
        profiles: flags.profile,
        envFiles: flags['env-file'],
        configFile: flags.config,
      }),
    }).finally(this.progress.end)
    const {settings} = analysis.loaded
    const isText = !flags.json && flags.format === undefined
    const chosen = flags.interactive
      ? await this.choose(analysis)
      : chooseComposeRewrites(analysis, flags.all)
    const changes = planComposeChanges(analysis, chosen ?? [])
    const changesFiles = flags.write || flags.diff || flags.interactive
    if (!isText || flags.output !== undefined || !changesFiles) {
      const report = flags.sizes ? await addImageSizes(analysis.report) : analysis.report
      await writeReport(composeForms(report, changes), {
        ...flags,
        format: flags.format ?? settings.format,
        top: settings.top ?? DEFAULT_TOP,
        version: this.config.version,
        screen: this.screen,
      })
    }
    if (changesFiles && chosen !== null) {
      if (!flags.diff) writeComposeChanges(analysis, changes)
      this.writeChanges(analysis.report, changes, isText)
      const said = {isWritten: !flags.diff, all: flags.all || flags.interactive}
      process.stderr.write(renderRewriteOutcome(analysis.report, changes, said))
    }
    const {findings, rewrites} = analysis.report
    return endWithVerdict({budgets: [], findings, suggestions: rewrites, failOn: settings.failOn})
  }

  /** A machine-readable report has standard output for itself; a diff in a pipe is for `git apply`. */
  private writeChanges(report: ComposeReport, changes: readonly FileChange[], isText: boolean): void {
    const output = isText ? process.stdout : process.stderr
    output.write(renderRewriteChanges(report, changes, {...this.screen, isRaw: !output.isTTY}))
  }

  /** @returns null where the person left */
  private async choose(analysis: ComposeAnalysis): Promise<ComposeRewrite[] | null> {
    const {rewrites} = analysis.report
    const text = {heading: 'Changes to make', noun: 'changes', choices: renderRewriteChoices(rewrites)}
    const total = (places: readonly number[]): string => {
      const files = planComposeChanges(analysis, choose(places)).map(({path}) => path)
      return files.length === 0 ? 'no file changes' : escapeForTerminal(`changes ${files.join(', ')}`)
    }
    const choose = (places: readonly number[]): ComposeRewrite[] => places.map((at) => rewrites[at]!)
    const ticked = await tickChoices(text, total, () => this.screen)
    return ticked === null ? null : choose(ticked)
  }
}
