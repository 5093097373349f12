import * as Flags from '@oclif/core/flags'
import {SlimCheckError} from '../../errors.js'
import {EXIT} from '../../exit-codes.js'
import {createProgress} from '../../host/terminal/progress.js'
import {renderJson} from '../../render/json/render-json.js'
import {
  renderDockerfile,
  renderRewriteChanges,
  renderRewriteChoices,
} from '../../render/text/render-dockerfile.js'
import type {Rewrite} from '../../report/dockerfile-report.js'
import {adviseDockerfiles, type DockerfileAdvice} from '../../services/dockerfile/advise-dockerfiles.js'
import {chooseRewrites, planChanges, writeRewrites} from '../../services/dockerfile/write-rewrites.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {fillOptionalValues} from '../flags/optional-values.js'
import {reportFlags} from '../flags/report-flags.js'

export default class Dockerfile extends BaseCommand {
  static override summary = 'Show what to write differently in a Dockerfile, as proved changes'
  static override description =
    'Reads the Dockerfile and the context that it is built from, and proposes changes of the text: + is proved, ? has an open question, x is blocked by something in the project. Each was applied to the text and evaluated again, for every build and every stage: it asks for no more, runs the same commands and says the same of the image. Comments, continuation lines, line endings and all else stay byte for byte. No engine is needed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> .',
    '<%= config.bin %> <%= command.id %> . --diff',
    '<%= config.bin %> <%= command.id %> . --file api/Dockerfile --write',
    '<%= config.bin %> <%= command.id %> . --compose',
  ]
  static override usage = [
    '<%= command.id %> [DIR] [-f PATH] [--target STAGE] [--write | --diff | -i] [--all] [OPTIONS]',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    ...buildChoiceFlags,
    config: reportFlags.config,
    write: Flags.boolean({
      exclusive: ['diff'],
      description: 'make the proved changes; undone if a build cannot start with the new text',
    }),
    diff: Flags.boolean({description: 'show what --write would change, and write nothing'}),
    all: Flags.boolean({description: 'show and write the changes that need a review, too'}),
    interactive: Flags.boolean({
      char: 'i',
      exclusive: ['write', 'diff', 'json'],
      description: 'tick the changes to make',
    }),
    json: Flags.boolean({description: 'print the report as JSON'}),
  }

  private readonly progress = createProgress()

  async run(): Promise<number> {
    this.argv = fillOptionalValues(this.argv, OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(Dockerfile)
    if ((flags.write || flags.interactive) && flags.file === '-') {
      throw new SlimCheckError('cannot-edit', {path: '-', reason: 'it comes from standard input'})
    }
    const {indexDir = null, ...build} = await this.readBuildOptions(args.DIR, flags)
    const choice = readBuildChoice(flags)
    const request = {
      build,
      indexDir,
      onProgress: this.progress.update,
      ...(choice !== undefined && {choice}),
      ...(flags.config !== undefined && {configFile: flags.config}),
    }
    const advice = await adviseDockerfiles(request).finally(this.progress.end)
    const {report} = advice
    if (flags.json) process.stdout.write(renderJson(report))
    if (!flags.write && !flags.diff) {
      if (!flags.json) process.stdout.write(renderDockerfile(report, this.screen))
      if (!flags.interactive) return EXIT.ok
    }
    const chosen = flags.interactive ? await this.choose(advice) : chooseRewrites(advice, flags.all)
    const changes = planChanges(advice, chosen)
    if (!flags.diff) writeRewrites(changes)
    // A machine-readable report has standard output for itself.
    const output = flags.json ? process.stderr : process.stdout
    output.write(renderRewriteChanges(report, changes, this.screen))
    return EXIT.ok
  }

  private async choose({report}: DockerfileAdvice): Promise<Rewrite[]> {
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      throw new SlimCheckError('needs-terminal', {flag: '--interactive', instead: '--diff and --write'})
    }
    const offered = report.rewrites.filter(({edits}) => edits.length > 0)
    if (offered.length === 0) return []
    const {askWhich} = await import('../../host/terminal/ask-which.js')
    const ticked = await askWhich('Changes to make', renderRewriteChoices(offered))
    return offered.filter((_, index) => ticked.includes(String(index)))
  }
}
