import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'
import type {SettingFlags} from '../../config/override-settings.js'
import type {Settings} from '../../config/settings.js'
import {EXIT} from '../../exit-codes.js'
import {createProgress} from '../../host/terminal/progress.js'
import {DEFAULT_FAIL_ON, listFailing} from '../../measure/budget/fail-on.js'
import {renderBaselineChange} from '../../render/text/render-baseline-change.js'
import {
  renderChanges,
  renderChoices,
  renderChoiceTotal,
  renderOfferedChanges,
  renderOutcome,
  renderSplitQuestion,
  renderUnasked,
} from '../../render/text/render-change.js'
import {renderVerdict} from '../../render/text/render-verdict.js'
import type {ContextReport} from '../../report/context-report.js'
import type {Analysis} from '../../services/analysis/analysis.js'
import {acceptSplits, listOffered} from '../../services/analysis/analyze-builds.js'
import {
  type AnalyzeRequest,
  type AnsweredRequest,
  analyzeRequest,
} from '../../services/context/analyze-request.js'
import {chooseTicked, listOffer, type Ticked} from '../../services/context/choose-ticked.js'
import {recordBaseline} from '../../services/context/record-baseline.js'
import {writeChanges} from '../../services/context/write-changes.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'
import {tickChoices} from '../changes/tick-choices.js'
import {endWithVerdict} from '../end-with-verdict.js'
import {budgetFlags} from '../flags/budget-flags.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {checkTarFlags} from '../flags/check-tar-flags.js'
import {given} from '../flags/given.js'
import {fillOptionalValues} from '../flags/optional-values.js'
import {reportFlags} from '../flags/report-flags.js'
import {contextForms} from '../reports/context-forms.js'
import {noteInContext} from '../reports/deliver.js'
import {type ReportForms, writeReport} from '../reports/write-report.js'

export default class Context extends BaseCommand {
  static override summary = 'Show what docker build will send, what makes it large, and what to ignore'
  static override description =
    'Reads the build context through its ignore file exactly as BuildKit does, and predicts the number that docker build prints as "transferring context". Suggests ignore lines that are proved not to break the build; --write adds them. No Docker engine is needed. Without a Dockerfile in DIR and without flags it finds the builds itself: in a compose file, in a bake file, or by their Dockerfiles.'
  static override examples = [
    {
      description: 'What is sent, the largest paths, and lines for the ignore file',
      command: '<%= config.bin %> <%= command.id %> .',
    },
    {description: 'See what --write would change', command: '<%= config.bin %> <%= command.id %> . --diff'},
    {
      description: 'Add the lines that are proved safe',
      command: '<%= config.bin %> <%= command.id %> . --write',
    },
    {
      description: 'Another Dockerfile, and one of its stages',
      command: '<%= config.bin %> <%= command.id %> . --file api/Dockerfile --target runtime',
    },
    {
      description: 'One service of a compose file',
      command: '<%= config.bin %> <%= command.id %> . --compose --service api',
    },
    {
      description: 'Fail above 50 MB, with a comment for a pull request',
      command: '<%= config.bin %> <%= command.id %> . --max-transfer 50MB --format markdown',
    },
    {
      description: 'A page with before and after as a picture',
      command: '<%= config.bin %> <%= command.id %> . --format html --output report.html',
    },
    {
      description: 'A context that another program writes as a tar',
      command: 'tar -c . | <%= config.bin %> <%= command.id %> -',
    },
  ]
  /** oclif's generated usage line is unreadable with forty flags, and holds empty alternatives. */
  static override usage = [
    '<%= command.id %> [DIR] [-f PATH] [--target STAGE] [--write | --diff | -i] [--format FORM] [OPTIONS]',
    '<%= command.id %> - [OPTIONS] < CONTEXT.tar',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    ...buildChoiceFlags,
    ...reportFlags,
    ...budgetFlags,
    write: Flags.boolean({
      exclusive: ['diff'],
      description: 'add the + lines to the ignore file; undone if a COPY would lose all of its files',
    }),
    diff: Flags.boolean({description: 'show what --write would change, and write nothing'}),
    yes: Flags.boolean({
      char: 'y',
      description:
        'let --write also create the ignore files for single Dockerfiles that are proposed, without asking',
    }),
    all: Flags.boolean({description: 'also count, show and write the ? lines, which need your review'}),
    interactive: Flags.boolean({
      char: 'i',
      exclusive: ['write', 'diff', 'json', 'format'],
      description: 'choose the lines to write from a list',
    }),
  }

  private readonly progress = createProgress()

  async run(): Promise<number> {
    this.argv = fillOptionalValues(this.argv, OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(Context)
    const isTar = args.DIR === '-'
    if (isTar) checkTarFlags(flags)
    const build = await this.readBuildOptions(args.DIR, flags)
    const request: AnalyzeRequest = {
      build,
      all: flags.all,
      flags: flags as SettingFlags,
      isBaselineNew: flags['update-baseline'],
      indexDir: build.indexDir ?? null,
      onProgress: this.progress.update,
      ...given({choice: readBuildChoice(flags), configFile: flags.config, baselineFile: flags.baseline}),
    }
    return isTar ? this.reportTar(request, flags) : this.reportDirectory(request, flags)
  }

  private async reportTar(request: AnalyzeRequest, flags: ContextFlags): Promise<number> {
    const {analyzeTarRequest} = await import('../../services/context/analyze-tar.js')
    const {report, settings} = await analyzeTarRequest(process.stdin, request)
    await this.writeReport(contextForms(report, null, flags), settings, flags)
    return this.exitStatusOf(report, settings)
  }

  private async reportDirectory(request: AnalyzeRequest, flags: ContextFlags): Promise<number> {
    const answer = await analyzeRequest(request).finally(this.progress.end)
    const {analysis, settings} = answer
    const isText = !flags.json && flags.format === undefined
    const changesFiles = flags.write || flags.diff || flags.interactive
    const hasReport = !isText || flags.output !== undefined || !changesFiles
    if (hasReport) await this.writeReport(contextForms(analysis.report, analysis, flags), settings, flags)
    if (flags.diff) this.writeChange(this.renderDiff(analysis, flags.yes), isText)
    const chosen = await this.chooseChanges(analysis, flags, isText)
    if (chosen !== null && !(await this.write(chosen, isText))) return EXIT.violated
    // What was written counts: budgets and the baseline look at what is there now.
    const isStale = chosen !== null && chosen.changes.length > 0 && isJudged(answer, flags['update-baseline'])
    const now = isStale ? await analyzeRequest(request).finally(this.progress.end) : answer
    if (flags['update-baseline']) this.updateBaseline(now)
    const {report} = now.analysis
    if (!hasReport) {
      const failing = listFailing(report.findings, settings.failOn ?? DEFAULT_FAIL_ON)
      process.stderr.write(renderVerdict(report, failing, this.screen))
    }
    return this.exitStatusOf(report, settings)
  }

  private writeReport(
    forms: ReportForms,
    {top, format}: Settings,
    flags: Pick<ContextFlags, 'json' | 'output' | 'bytes'>,
  ): Promise<void> {
    const {json, output, bytes} = flags
    const {version} = this.config
    return writeReport(forms, {...given({json, output, bytes, top, format}), version, screen: this.screen})
  }

  private updateBaseline(answer: AnsweredRequest): void {
    const recorded = recordBaseline(answer)
    process.stderr.write(renderBaselineChange(recorded))
    if (recorded.isNew) noteInContext(recorded.shown, answer.analysis.report.context)
  }

  /** @returns what to write; null: nothing is written, as nobody asked for it or the person left */
  private async chooseChanges(
    analysis: Analysis,
    {interactive, write, yes}: ContextFlags,
    isText: boolean,
  ): Promise<Analysis | null> {
    if (interactive) return this.choose(analysis)
    return write ? this.agree(analysis, yes, isText) : null
  }

  private exitStatusOf(report: ContextReport, settings: Settings): number {
    const {budgets, findings, suggestions, plans} = report
    const named = budgets.map(({name, ok, plan}) => ({name, ok, ...(plans.length > 1 && {plan})}))
    return endWithVerdict({budgets: named, findings, suggestions, failOn: settings.failOn})
  }

  /** Change messages go to stderr when stdout carries a machine-readable report. */
  private writeChange(text: string, isText: boolean): void {
    if (isText) process.stdout.write(text)
    else process.stderr.write(text)
  }

  /** @returns false when the change was undone */
  private async write(analysis: Analysis, isText: boolean): Promise<boolean> {
    const {changes, report} = analysis
    const outcome = changes.length === 0 ? null : await writeChanges(analysis).finally(this.progress.end)
    this.writeChange(renderOutcome(report, changes, outcome, this.screen), isText)
    return outcome === null || outcome.lost.length === 0
  }

  /** What goes beyond the ignore file in force needs consent; without it only the safe lines are written. */
  private async agree(analysis: Analysis, isAgreed: boolean, isText: boolean): Promise<Analysis> {
    const offered = listOffered(analysis)
    if (isAgreed || offered.length === 0) return acceptSplits(analysis)
    const {confirm} = await import('../../host/terminal/confirm.js')
    const answer = await confirm(renderSplitQuestion(analysis.report, offered))
    if (answer === null) this.writeChange(renderUnasked(offered), isText)
    return answer ? acceptSplits(analysis) : analysis
  }

  /** What a write changes, and what it asks about. */
  private renderDiff(analysis: Analysis, isAgreed: boolean): string {
    const {report, changes} = analysis
    const text = renderChanges(report, changes, this.screen)
    const others = acceptSplits(analysis).changes.filter((change) => !changes.includes(change))
    if (others.length === 0) return text
    return `${text}\n${renderOfferedChanges(others, listOffered(analysis), isAgreed, this.screen)}`
  }

  /** @returns null where the person left without choosing anything to write */
  private async choose(analysis: Analysis): Promise<Analysis | null> {
    const offer = listOffer(analysis)
    const choose = (places: readonly number[]): Ticked => chooseTicked(analysis, offer, places)
    const ticked = await tickChoices(
      {
        heading: 'Lines to write',
        noun: 'lines',
        choices: renderChoices(offer.lines, analysis.report.splits),
      },
      (places) => {
        const {analysis: chosen, ownBytes} = choose(places)
        return renderChoiceTotal(chosen.report, ownBytes, this.screen)
      },
      () => this.screen,
    )
    // The walk that proves the lines begins now, not when the command did.
    this.progress.end()
    return ticked === null ? null : choose(ticked).analysis
  }
}

/** Whether anything hangs on the state of things after a write. */
function isJudged({analysis, settings}: AnsweredRequest, isRecorded: boolean): boolean {
  return isRecorded || analysis.report.budgets.length > 0 || (settings.failOn ?? DEFAULT_FAIL_ON) !== 'never'
}

/** The values of the command's flags. */
type ContextFlags = InferredFlags<typeof Context.flags>
