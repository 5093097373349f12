import * as Flags from '@oclif/core/flags'
import {SlimCheckError} from '../../errors.js'
import {findCacheDir} from '../../host/files/cache-dir.js'
import {createProgress} from '../../host/terminal/progress.js'
import type {FailOn} from '../../measure/budget/fail-on.js'
import {readBuildArguments} from '../../plan/read-build-arguments.js'
import type {CacheReport} from '../../report/cache-report.js'
import {type CacheRequest, EVERYDAY_SCENARIOS} from '../../services/cache/cache-request.js'
import {reportCache} from '../../services/cache/report-cache.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'
import {endWithVerdict} from '../end-with-verdict.js'
import {failOnFlag} from '../flags/budget-flags.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {given} from '../flags/given.js'
import {fillOptionalValues} from '../flags/optional-values.js'
import {reportFlags} from '../flags/report-flags.js'
import {cacheForms} from '../reports/cache-forms.js'
import {writeReport} from '../reports/write-report.js'

export default class Cache extends BaseCommand {
  static override summary = 'Show which steps a change runs again, before any build'
  static override description =
    'Predicts, step by step, what docker build finds in its cache after a change, and why the other steps run again. A change is an edited file, a new lock file, a commit, a branch or another build argument. Each step is cached, runs, or may run: that depends on the files that an earlier RUN writes. No Docker engine is needed.'
  static override examples = [
    {
      description: 'Which steps run again after an edit, a new lock file and the last commit',
      command: '<%= config.bin %> <%= command.id %> .',
    },
    {
      description: 'Which steps run again when these two files change',
      command: '<%= config.bin %> <%= command.id %> . --changed src/api.ts README.md',
    },
    {
      description: 'Fail a CI job if the branch runs more than four steps again',
      command: '<%= config.bin %> <%= command.id %> . --since main --max-rerun-steps 4',
    },
    {
      description: 'Which steps the last 50 commits ran again',
      command: '<%= config.bin %> <%= command.id %> . --last 50',
    },
    {
      description: 'Which steps another value of a build argument runs again',
      command: '<%= config.bin %> <%= command.id %> . --changed-arg GIT_SHA=new',
    },
    {
      description: 'A comment for a pull request',
      command: '<%= config.bin %> <%= command.id %> . --since origin/main --format markdown',
    },
    {
      description: 'The same with the proved changes of the Dockerfile',
      command: '<%= config.bin %> <%= command.id %> . --after',
    },
  ]
  static override usage = [
    '<%= command.id %> [DIR] [--changed PATH... | --since REV | --last N | --scenario NAME...] [-f PATH] [--target STAGE] [--format FORM] [OPTIONS]',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    ...buildChoiceFlags,
    changed: Flags.string({
      helpGroup: 'CHANGE',
      helpValue: 'PATH',
      multiple: true,
      multipleNonGreedy: true,
      description: 'predict a change of these paths; a directory means all files in it',
    }),
    since: Flags.string({
      helpGroup: 'CHANGE',
      helpValue: 'REV',
      description: 'predict all changes since this commit, branch or tag of Git',
    }),
    last: Flags.integer({
      helpGroup: 'CHANGE',
      helpValue: 'N',
      min: 1,
      max: 1000,
      description: 'show which steps each of the last N commits ran again; checks nothing out',
    }),
    'changed-arg': Flags.string({
      helpGroup: 'CHANGE',
      helpValue: 'NAME=VALUE',
      multiple: true,
      multipleNonGreedy: true,
      description: 'predict another value of this build argument',
    }),
    scenario: Flags.string({
      helpGroup: 'CHANGE',
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      options: [...EVERYDAY_SCENARIOS],
      description: 'predict these changes; default: source, lock and commit',
    }),
    builder: Flags.string({
      helpGroup: 'CHANGE',
      options: ['local', 'fresh', 'min', 'max'],
      default: 'local',
      description:
        'whose cache: local is the builder of the last build; max (or fresh) is another builder that imports a cache of mode=max; min is another builder that imports one of mode=min, which has the layers of the image only',
    }),
    'image-store': Flags.string({
      helpGroup: 'CHANGE',
      options: ['classic', 'containerd'],
      description:
        'the image store of the engine; with containerd COPY --link is two steps; default: classic for the local builder',
    }),
    after: Flags.boolean({
      helpGroup: 'CHANGE',
      description: 'also show the result with the proved changes of the command "dockerfile"',
    }),
    explain: Flags.boolean({
      helpGroup: 'CHANGE',
      description:
        'explain why the last build ran its steps: compares it with the build before it in the history of docker buildx',
    }),
    'max-rerun-steps': Flags.integer({
      helpGroup: 'BUDGET',
      helpValue: 'N',
      min: 0,
      description: 'exit with status 1 if a change runs more steps again',
    }),
    'max-rerun-seconds': Flags.integer({
      helpGroup: 'BUDGET',
      helpValue: 'N',
      min: 0,
      description:
        'exit with status 1 if the steps that a change runs again took more seconds in past builds',
    }),
    times: Flags.boolean({
      helpGroup: 'REPORT',
      allowNo: true,
      default: true,
      description: 'read from the history of docker buildx how long each step took; default: yes',
    }),
    record: Flags.string({
      helpGroup: 'REPORT',
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
      description: 'read the times of steps from this .dockerbuild file, a build record that CI saved',
    }),
    'fail-on': failOnFlag('error', 'warning', 'never'),
    format: reportFlags.format,
    json: reportFlags.json,
    output: reportFlags.output,
    bytes: reportFlags.bytes,
    config: reportFlags.config,
  }

  private readonly progress = createProgress()

  async run(): Promise<number> {
    this.argv = fillOptionalValues(this.argv, OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(Cache)
    const build = await this.readBuildOptions(args.DIR, flags)
    const request: CacheRequest = {
      build,
      indexDir: build.indexDir ?? null,
      onProgress: this.progress.update,
      builder: flags.builder as CacheReport['builder'],
      timesDir: flags.times ? findCacheDir() : null,
      explain: flags.explain,
      limits: given({
        maxRerunSteps: flags['max-rerun-steps'],
        maxRerunSeconds: flags['max-rerun-seconds'],
      }),
      ...given({
        imageStore: flags['image-store'] as CacheReport['imageStore'] | undefined,
        choice: readBuildChoice(flags),
        configFile: flags.config,
        changed: flags.changed,
        since: flags.since,
        last: flags.last,
        records: flags.record,
        changedArgs: flags['changed-arg'] && readChangedArguments(flags['changed-arg']),
        scenarios: flags.scenario as CacheRequest['scenarios'],
      }),
    }
    const {report} = await findReport(request, flags.after).finally(this.progress.end)
    await writeReport(cacheForms(report), {...flags, version: this.config.version, screen: this.screen})
    const findings = report.builds.flatMap((build) => build.findings)
    return endWithVerdict({budgets: report.budgets, findings, failOn: flags['fail-on'] as FailOn})
  }
}

/** What rewrites is loaded where it is asked for. */
async function findReport(request: CacheRequest, after: boolean): Promise<{report: CacheReport}> {
  if (!after) return reportCache(request)
  const {reportCacheAfter} = await import('../../services/dockerfile/report-cache-after.js')
  return reportCacheAfter(request)
}

/** @throws SlimCheckError for a name that has no value, here or in the environment */
function readChangedArguments(given: readonly string[]): Record<string, string> {
  const values = readBuildArguments(given, process.env)
  const missing = given.find((text) => !Object.hasOwn(values, text.split('=')[0] ?? ''))
  if (missing === undefined) return values
  throw new SlimCheckError('bad-flag', {
    message: `--changed-arg: ${JSON.stringify(missing)} has no value, here or in the environment`,
    nextStep: 'Write it as NAME=VALUE',
  })
}
