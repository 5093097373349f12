import * as Flags from '@oclif/core/flags'
import {pickMeasureLimits} from '../../config/measure-limits.js'
import {SlimCheckError} from '../../errors.js'
import {EXIT} from '../../exit-codes.js'
import {createBuildProgress} from '../../host/terminal/build-progress.js'
import type {FailOn} from '../../measure/budget/fail-on.js'
import {renderSmokeConfig} from '../../render/measure/render-smoke-config.js'
import {
  MEASURE_SCENARIOS,
  type MeasureReport,
  type MeasureScenarioName,
} from '../../report/measure/measure-report.js'
import {loadMeasureBaseline, nameFiles, nameResults} from '../../services/measure/baseline-file.js'
import type {MeasureRequest} from '../../services/measure/measure-request.js'
import {listMeasureCommands, reportMeasure} from '../../services/measure/report-measure.js'
import {initSmoke, type SmokeProposal} from '../../services/measure/smoke/init-smoke.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'
import {endWithVerdict} from '../end-with-verdict.js'
import {failOnFlag} from '../flags/budget-flags.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {given} from '../flags/given.js'
import {measureFlags} from '../flags/measure-flags.js'
import {fillOptionalValues} from '../flags/optional-values.js'
import {reportFlags} from '../flags/report-flags.js'
import {deliver} from '../reports/deliver.js'
import {measureForms} from '../reports/measure-forms.js'
import {saveMeasureFiles, writeCommands} from '../reports/save-measure-files.js'
import {writeReport} from '../reports/write-report.js'

export default class Measure extends BaseCommand {
  static override summary = 'Build for real, and measure times, transfer and image size'
  static override description =
    'Runs your own docker buildx build several times: cold, again without a change, and after an edit of a source file. Options after -- are passed on to it, such as --secret, --ssh and --network. Your files, tags, cache mounts and cache records stay as they are: images get random names and are removed again, and edits are made in a copy of the context, whose files are hard links. A smoke check is a command that must succeed in the image, such as app --version: it shows that a smaller image still works.'
  static override examples = [
    {
      description: 'Build for real, and show times, transfer and image size',
      command: '<%= config.bin %> <%= command.id %> .',
    },
    {
      description: 'Two scenarios, five times each',
      command: '<%= config.bin %> <%= command.id %> . --scenario cold,source --runs 5',
    },
    {
      description: 'Options for docker build',
      command: '<%= config.bin %> <%= command.id %> . -- --secret id=npm,src=.npmrc --ssh default',
    },
    {
      description: 'Keep the figures as the baseline',
      command: '<%= config.bin %> <%= command.id %> . --save docs/baseline.md',
    },
    {
      description: 'Compare with the baseline, and fail if too little was saved',
      command:
        '<%= config.bin %> <%= command.id %> . --against docs/baseline.json --min-saving 30% --min-speedup 25%',
    },
    {
      description: 'A page that says what was improved',
      command:
        '<%= config.bin %> <%= command.id %> . --against docs/baseline.json --document -o docs/images.md',
    },
    {
      description: 'See the docker commands without running them',
      command: '<%= config.bin %> <%= command.id %> . --dry-run',
    },
  ]
  static override usage = [
    '<%= command.id %> [DIR] [--scenario NAME,...] [--runs N] [--save FILE | --against FILE] [-f PATH] [--target STAGE] [OPTIONS] [-- DOCKER-OPTIONS]',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    platform: Flags.string({
      helpGroup: 'BUILD',
      helpValue: 'OS/ARCH',
      multiple: true,
      multipleNonGreedy: true,
      description: 'the platforms to build for, one after another; default: that of the builder',
    }),
    ...buildChoiceFlags,
    ...measureFlags,
    'fail-on': failOnFlag('error', 'never'),
    format: reportFlags.format,
    json: reportFlags.json,
    output: reportFlags.output,
    bytes: reportFlags.bytes,
    config: reportFlags.config,
  }

  async run(): Promise<number> {
    // What stands behind "--" is docker's.
    const at = this.argv.includes('--') ? this.argv.indexOf('--') : this.argv.length
    const dockerFlags = this.argv.slice(at + 1)
    const own = fillOptionalValues(this.argv.slice(0, at), OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(Measure, own)
    const build = await this.readBuildOptions(args.DIR, {...flags, platform: undefined})
    const progress = createBuildProgress()
    const request: MeasureRequest = {
      build,
      indexDir: build.indexDir ?? null,
      dockerFlags,
      builder: flags.builder ?? null,
      toolVersion: this.config.version,
      onBuild: progress.update,
      limits: pickMeasureLimits(flags),
      ...given({
        choice: readBuildChoice(flags),
        configFile: flags.config,
        platforms: flags.platform && splitList(flags.platform),
        scenarios: flags.scenario && readScenarios(flags.scenario),
        runs: flags.runs,
        images: flags.image,
        records: flags.record,
        against: flags.against,
        smoke: flags['skip-smoke'] ? (false as const) : flags.smoke,
        smokeBefore: flags['smoke-before'],
      }),
    }
    if (flags['dry-run']) {
      writeCommands(await listMeasureCommands(request))
      return EXIT.ok
    }
    if (flags.document) {
      deliver(await writeDocument(flags.against!, chooseFiles(flags)!.json), flags.output, args.DIR)
      return EXIT.ok
    }
    if (flags['smoke-init']) {
      const proposals = await initSmoke(request).finally(progress.end)
      deliver(renderSmokeConfig(proposals.map(toTried)), flags.output, args.DIR)
      return EXIT.ok
    }
    const {report} = await reportMeasure(request).finally(progress.end)
    const files = chooseFiles(flags)
    await writeReport(measureForms(report), {...flags, version: this.config.version, screen: this.screen})
    if (files !== null) await saveMeasureFiles(report, files)
    const budgets = report.thresholds.map(({name, ok, build: plan}) => ({name, ok, plan}))
    return endWithVerdict({budgets, findings: listFaults(report), failOn: flags['fail-on'] as FailOn})
  }
}

/** A build failed, or the image does not do what it must. */
function listFaults({builds}: MeasureReport): {severity: 'error'}[] {
  return builds.flatMap(({problem, smoke}) => {
    const failed = (smoke?.checks ?? []).filter(({status}) => status === 'failed')
    return [...(problem === null ? [] : [problem]), ...failed].map(() => ({severity: 'error'}))
  })
}

/** The files that a report is saved in; null: none. */
function chooseFiles({save, against}: {save: string | undefined; against: string | undefined}) {
  if (save !== undefined) return nameFiles(save)
  return against === undefined ? null : nameResults(against)
}

/** @throws SlimCheckError for a baseline or results that cannot be read */
async function writeDocument(against: string, resultsFile: string): Promise<string> {
  const {renderOptimizationPage} = await import('../../render/markdown/render-optimization-page.js')
  const {file, report} = loadMeasureBaseline(against)
  return renderOptimizationPage({
    baseline: report,
    results: loadMeasureBaseline(resultsFile).report,
    baselineFile: file,
  })
}

function toTried({name, checks}: SmokeProposal) {
  return {name, checks: checks.map(({entry, result}) => ({entry: {...entry}, result}))}
}

function splitList(given: readonly string[]): string[] {
  return given.flatMap((text) => text.split(',')).filter((text) => text !== '')
}

/** @throws SlimCheckError `bad-flag` */
function readScenarios(given: readonly string[]): MeasureScenarioName[] {
  return splitList(given).map((name) => {
    const known = MEASURE_SCENARIOS.find((one) => one === name)
    if (known !== undefined) return known
    throw new SlimCheckError('bad-flag', {
      message: `--scenario: ${JSON.stringify(name)} is not a scenario`,
      nextStep: `Choose from ${MEASURE_SCENARIOS.join(', ')}`,
    })
  })
}
