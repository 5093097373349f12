import {Flags} from '@oclif/core'
import {SlimCheckError} from '../errors.js'
import {EXIT} from '../exit-codes.js'
import {renderChanges, renderChoices, renderOutcome, renderSplitQuestion} from '../render/render-change.js'
import {renderJson} from '../render/render-json.js'
import {renderText} from '../render/render-text.js'
import type {ContextReport} from '../report/context-report.js'
import {type Analysis, acceptSplits, chooseLines} from '../services/analyze-builds.js'
import {type AnalyzeOptions, analyzeInDepth} from '../services/analyze-context.js'
import {violatesFailOn} from '../services/fail-on.js'
import {writeChanges} from '../services/write-changes.js'
import {createProgress} from '../system/progress.js'
import {BaseCommand, buildFlags, contextArgument} from './base-command.js'

export default class Context extends BaseCommand {
  static override summary = 'Show what docker build will send, what makes it large, and what to ignore'
  static override description =
    'Walks the build context through its ignore file exactly as BuildKit does and predicts the number that docker build prints as "transferring context". Suggests ignore lines that are proved not to break the build; --write applies them. No engine is needed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> .',
    '<%= config.bin %> <%= command.id %> . --diff',
    '<%= config.bin %> <%= command.id %> . --write',
    '<%= config.bin %> <%= command.id %> . --file api/Dockerfile --target runtime',
    'tar -c . | <%= config.bin %> <%= command.id %> -',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    write: Flags.boolean({
      exclusive: ['diff'],
      description: 'add the safe lines to the ignore file; undone if a COPY would lose all it asks for',
    }),
    diff: Flags.boolean({description: 'show what --write would change, and write nothing'}),
    yes: Flags.boolean({
      char: 'y',
      description: 'agree to the ignore files that --write would make besides the one in force',
    }),
    all: Flags.boolean({description: 'count, show and write the lines that need a review, too'}),
    interactive: Flags.boolean({
      char: 'i',
      exclusive: ['write', 'diff', 'json'],
      description: 'tick the lines to write',
    }),
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
    'fail-on': Flags.string({
      options: ['error', 'warning', 'suggestion', 'never'],
      default: 'never',
      description: 'exit with status 1 for findings of this severity, or for a safe suggestion',
    }),
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(Context)
    const build = await this.readBuildOptions(args.DIR, flags)
    const progress = createProgress()
    const options: AnalyzeOptions = {
      ...build,
      all: flags.all,
      ...(flags.depth !== undefined && {depth: flags.depth}),
      onProgress: progress.update,
    }
    const show = (report: ContextReport): string =>
      flags.json
        ? renderJson(report)
        : renderText(report, {...this.screen, top: flags.top, isExact: flags.bytes})
    if (args.DIR === '-') {
      const {analyzeTar} = await import('../services/analyze-tar.js')
      process.stdout.write(show(await analyzeTar(process.stdin, options)))
      return EXIT.ok
    }
    const analysis = await analyzeInDepth(options).finally(progress.end)
    const {report} = analysis
    if (flags.interactive) return this.ask(analysis)
    if (flags.diff) process.stdout.write(renderChanges(report, analysis.changes, this.screen))
    else if (!flags.write || flags.json) process.stdout.write(show(report))
    if (flags.write) return this.write(await this.agree(analysis, flags.yes), flags.json)
    return violatesFailOn(report, flags['fail-on']) ? EXIT.violated : EXIT.ok
  }

  private async write(analysis: Analysis, isJson: boolean): Promise<number> {
    const {changes} = analysis
    const outcome = changes.length === 0 ? null : await writeChanges(analysis)
    const text = renderOutcome(analysis.report, changes, outcome, this.screen)
    if (isJson) process.stderr.write(text)
    else process.stdout.write(text)
    return outcome !== null && outcome.lost.length > 0 ? EXIT.violated : EXIT.ok
  }

  /** What goes beyond the ignore file in force needs consent; without it only the safe lines are written. */
  private async agree(analysis: Analysis, isAgreed: boolean): Promise<Analysis> {
    if (analysis.splits.length === 0) return analysis
    const {confirm} = await import('../system/confirm.js')
    const question = renderSplitQuestion(analysis.report)
    return isAgreed || (await confirm(question)) ? acceptSplits(analysis) : analysis
  }

  private async ask(analysis: Analysis): Promise<number> {
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      throw new SlimCheckError('needs-terminal', {flag: '--interactive', instead: '--diff and --write'})
    }
    const offered = analysis.report.suggestions.filter(({confidence}) => confidence !== 'blocked')
    if (offered.length === 0) return this.write(chooseLines(analysis, []), false)
    const {askWhich} = await import('../system/ask-which.js')
    const patterns = await askWhich('Lines to write', renderChoices(offered))
    return this.write(chooseLines(analysis, patterns), false)
  }
}
