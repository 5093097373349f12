import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {SettingFlags} from '../../../config/override-settings.js'
import {EXIT} from '../../../exit-codes.js'
import {quoteWord} from '../../../languages/text/quote.js'
import {hasFailed} from '../../../measure/budget/check-budgets.js'
import {listStepOutputs} from '../../../render/github/list-step-outputs.js'
import {renderAnnotations} from '../../../render/github/render-annotations.js'
import {renderJobSummary} from '../../../render/github/render-job-summary.js'
import {renderCheckedReport} from '../../../render/hook/render-checked-report.js'
import {renderMarkdown} from '../../../render/markdown/render-markdown.js'
import type {ContextReport} from '../../../report/context-report.js'
import {addJobSummary, addStepOutputs, saveReport} from '../../../services/context/save-report.js'
import {runHookCheck, withViolations} from '../../../services/hook/check-hook.js'
import {BaseCommand, buildFlags} from '../../base-command.js'
import {budgetFlags} from '../../flags/budget-flags.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../../flags/build-choice-flags.js'
import {given} from '../../flags/given.js'
import {fillOptionalValues} from '../../flags/optional-values.js'
import {reportFlags} from '../../flags/report-flags.js'
import {say} from '../../quiet.js'

/** A check records nothing. */
const {'update-baseline': _, ...BUDGETS} = budgetFlags

export default class HookCheck extends BaseCommand {
  static override summary = 'Check a build as the hooks do: one line, or a short report'
  static override description =
    'Exits with status 1 if a budget is exceeded or an error is found (fail-on in the configuration changes that). You can give the build command after --; then, without DIR, the context of that command is checked.'
  static override examples = [
    {description: 'Check a directory', command: '<%= config.bin %> <%= command.id %> . --max-transfer 50MB'},
    {
      description: 'Check what a command would build',
      command: '<%= config.bin %> <%= command.id %> -- docker build -f api/Dockerfile .',
    },
  ]
  static override usage =
    '<%= command.id %> [DIR] [-f PATH] [--max-transfer SIZE] [--fail-on SEVERITY] [OPTIONS] [-- BUILD-COMMAND]'
  static override args = {
    DIR: Args.string({
      description: 'the build context; default: the one of the command after --, else "."',
      ignoreStdin: true,
    }),
  }
  static override flags = {
    ...buildFlags,
    ...buildChoiceFlags,
    ...BUDGETS,
    'max-transfer': Flags.string({
      helpGroup: 'BUDGET',
      helpValue: 'SIZE',
      description:
        'exit with status 1 if a build transfers more, such as 50MB; default: SLIM_CHECK_MAX_TRANSFER',
    }),
    config: reportFlags.config,
    github: Flags.boolean({
      description: "write GitHub's annotations, the summary of the job, and the outputs of the step",
    }),
    comment: Flags.string({
      helpValue: 'FILE.md',
      description: 'write the report as Markdown, for a comment on a pull request',
    }),
  }

  async run(): Promise<number> {
    if (process.env.SLIM_CHECK === 'off') {
      say('slim-check: not checked, SLIM_CHECK=off\n')
      return EXIT.ok
    }
    // Parsing replaces `argv`.
    const words = this.argv
    const at = words.includes('--') ? words.indexOf('--') : words.length
    const own = fillOptionalValues(words.slice(0, at), OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(HookCheck, own)
    const isReadFromBuild = args.DIR === undefined && at < words.length
    const build = await runHookCheck({
      build: isReadFromBuild ? null : await this.readBuildOptions(args.DIR ?? '.', flags),
      words: words.slice(at + 1),
      maxTransfer: flags['max-transfer'],
      choice: readBuildChoice(flags),
      flags: flags as SettingFlags,
      ...given({configFile: flags.config, baselineFile: flags.baseline}),
      env: process.env,
    })
    if (build === null) {
      say('slim-check: the build sends no directory of this machine, nothing to check\n')
      return EXIT.ok
    }
    const {checked, contextDir} = build
    const text = renderCheckedReport(
      checked,
      `See it with: ${this.config.bin} context ${quoteWord(contextDir)}`,
    )
    if (hasFailed(checked)) process.stdout.write(text)
    else say(text)
    const report = withViolations(checked)
    if (flags.github) this.writeForGithub(report)
    if (flags.comment !== undefined) saveReport(flags.comment, renderMarkdown(report))
    if (!hasFailed(checked)) return EXIT.ok
    process.stderr.write('slim-check: refused (exit status 1). To skip the check once, set SLIM_CHECK=off\n')
    return EXIT.violated
  }

  private writeForGithub(report: ContextReport): void {
    addJobSummary(renderJobSummary(report), process.env)
    addStepOutputs(listStepOutputs(report), process.env)
    process.stdout.write(renderAnnotations(report))
  }
}
