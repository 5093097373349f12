import path from 'node:path'
import * as Flags from '@oclif/core/flags'
import type {InferredFlags} from '@oclif/core/interfaces'
import type {SettingFlags} from '../../config/override-settings.js'
import {SlimCheckError} from '../../errors.js'
import {EXIT} from '../../exit-codes.js'
import {findCacheDir} from '../../host/files/cache-dir.js'
import {createProgress} from '../../host/terminal/progress.js'
import {
  renderRewriteChanges,
  renderRewriteChoices,
  renderRewriteOutcome,
  renderRewriteTotal,
} from '../../render/text/render-dockerfile.js'
import {renderVerifications} from '../../render/text/render-verifications.js'
import type {DockerfileReport, Rewrite} from '../../report/dockerfile-report.js'
import {
  type AdviseRequest,
  adviseDockerfiles,
  type DockerfileAdvice,
} from '../../services/dockerfile/advise-dockerfiles.js'
import {createChoiceForecast} from '../../services/dockerfile/predict-effects.js'
import {
  chooseRewrites,
  planChanges,
  type RewriteChange,
  writeRewrites,
} from '../../services/dockerfile/write-rewrites.js'
import {BaseCommand, buildFlags, contextArgument} from '../base-command.js'
import {tickChoices} from '../changes/tick-choices.js'
import {askDocker} from '../dockerfile/ask-docker.js'
import {endWithVerdict} from '../end-with-verdict.js'
import {failOnFlag} from '../flags/budget-flags.js'
import {buildChoiceFlags, OPTIONAL_VALUE_FLAGS, readBuildChoice} from '../flags/build-choice-flags.js'
import {changeFlags} from '../flags/change-flags.js'
import {given} from '../flags/given.js'
import {fillOptionalValues} from '../flags/optional-values.js'
import {reportFlags} from '../flags/report-flags.js'
import {dockerfileForms} from '../reports/dockerfile-forms.js'
import {writeReport} from '../reports/write-report.js'

export default class Dockerfile extends BaseCommand {
  static override summary = 'Show how to improve a Dockerfile, as proved changes'
  static override description =
    'Reads the Dockerfile and its context, and proposes changes to the text: + is proved safe, ? has an open question for you, x is blocked by something in the project. Each change was applied and evaluated again for every build and every stage: the new Dockerfile sends no more files, runs the same commands and sets the same image configuration. Comments, continuation lines, line endings and everything else stay byte for byte. No Docker engine is needed.'
  static override examples = [
    {
      description: 'The proposed changes, each with its proof',
      command: '<%= config.bin %> <%= command.id %> .',
    },
    {
      description: 'The proved changes as a diff for git apply',
      command: '<%= config.bin %> <%= command.id %> . --diff',
    },
    {
      description: 'Make the proved changes',
      command: '<%= config.bin %> <%= command.id %> . --file api/Dockerfile --write',
    },
    {
      description: 'The Dockerfiles of all services of a compose file',
      command: '<%= config.bin %> <%= command.id %> . --compose',
    },
  ]
  static override usage = [
    '<%= command.id %> [DIR] [-f PATH] [--target STAGE] [--write | --diff | -i] [--all] [OPTIONS]',
  ]
  static override args = {DIR: contextArgument}
  static override flags = {
    ...buildFlags,
    ...buildChoiceFlags,
    format: reportFlags.format,
    json: reportFlags.json,
    output: reportFlags.output,
    config: reportFlags.config,
    times: Flags.boolean({
      helpGroup: 'REPORT',
      allowNo: true,
      default: true,
      description: 'read from the history of docker buildx how long each step took; default: yes',
    }),
    image: Flags.string({
      helpGroup: 'REPORT',
      helpValue: 'NAME',
      description:
        'an image that was built from this Dockerfile, by its name in the engine or as an archive: show what the changes save in it, and what a deploy pulls',
    }),
    'fail-on': failOnFlag('error', 'warning', 'suggestion', 'never'),
    ci: Flags.boolean({
      description:
        'check the cache settings in GitHub workflows and .gitlab-ci.yml for these Dockerfiles, and print lines to paste',
    }),
    check: Flags.boolean({
      helpGroup: 'DOCKER',
      description: 'add what docker build --check finds; without docker the report says so',
    }),
    verify: Flags.boolean({
      helpGroup: 'DOCKER',
      description:
        'build the old Dockerfile twice and the new one once, and compare the images file by file; with --write nothing is written unless they are equal',
    }),
    secret: Flags.string({
      helpGroup: 'DOCKER',
      helpValue: 'id=ID',
      multiple: true,
      multipleNonGreedy: true,
      description: 'a secret for --verify, as docker build takes it',
    }),
    ssh: Flags.string({
      helpGroup: 'DOCKER',
      helpValue: 'ID',
      multiple: true,
      multipleNonGreedy: true,
      description: 'an SSH agent for --verify, as docker build takes it',
    }),
    network: Flags.string({
      helpGroup: 'DOCKER',
      helpValue: 'MODE',
      description: 'the network of RUNs for --verify: default, none or host',
    }),
    builder: Flags.string({
      helpGroup: 'DOCKER',
      helpValue: 'NAME',
      description: 'the builder of buildx for --check and --verify; default: the one in use',
    }),
    write: Flags.boolean({
      exclusive: ['diff'],
      description: 'make the proved changes; undone if a build cannot start with the new Dockerfile',
    }),
    ...changeFlags,
  }

  private readonly progress = createProgress()

  async run(): Promise<number> {
    this.argv = fillOptionalValues(this.argv, OPTIONAL_VALUE_FLAGS)
    const {args, flags} = await this.parse(Dockerfile)
    if ((flags.write || flags.interactive) && flags.file === '-') {
      throw new SlimCheckError('cannot-edit', {path: '-', reason: 'it comes from standard input'})
    }
    const request = await this.readRequest(args.DIR, flags)
    const advice = await adviseDockerfiles(request).finally(this.progress.end)
    const {settings} = advice
    const changesFiles = flags.write || flags.diff || flags.interactive
    const isText = !flags.json && flags.format === undefined
    const chosen = flags.interactive ? await this.choose(advice) : chooseRewrites(advice, flags.all)
    const changes = planChanges(advice, chosen ?? [])
    const judged = flags.ci ? {...advice, report: await judgeWith(advice)} : advice
    const report = await askDocker(judged, changes, flags)
    if (!isText || flags.output !== undefined || !changesFiles) {
      const look = {...flags, format: flags.format ?? settings.format, version: this.config.version}
      await writeReport(dockerfileForms(report, changes), {...look, screen: this.screen})
    }
    const isVerified = (report.verifications ?? []).every(({status}) => status === 'equal')
    if (changesFiles && chosen !== null) {
      if (!flags.diff && isVerified) writeRewrites(changes)
      this.writeChanges(report, flags.diff || isVerified ? changes : null, isText)
      const said = {isWritten: !flags.diff && isVerified, all: flags.all || flags.interactive}
      if (isVerified) process.stderr.write(renderRewriteOutcome(report, changes, said))
    }
    const status = endWithVerdict({budgets: [], ...listJudged(report), failOn: settings.failOn})
    return isVerified ? status : EXIT.violated
  }

  private async readRequest(contextDir: string, flags: DockerfileFlags): Promise<AdviseRequest> {
    const {indexDir = null, ...build} = await this.readBuildOptions(contextDir, flags)
    return {
      build,
      indexDir,
      onProgress: this.progress.update,
      flags: flags as SettingFlags,
      timesDir: flags.times ? findCacheDir() : null,
      ...given({choice: readBuildChoice(flags), configFile: flags.config, image: flags.image}),
    }
  }

  /**
   * A machine-readable report has standard output for itself; a diff in a pipe is for `git apply`.
   * @param changes null: none was written, as the builds are not equal
   */
  private writeChanges(
    report: DockerfileReport,
    changes: readonly RewriteChange[] | null,
    isText: boolean,
  ): void {
    const output = isText ? process.stdout : process.stderr
    const screen = {...this.screen, isRaw: !output.isTTY}
    if (isText) process.stderr.write(renderVerifications(report, this.screen))
    output.write(
      changes === null
        ? `Nothing was written: ${explainRefusal(report)}\n`
        : renderRewriteChanges(report, screen.isRaw ? changes.map(placeChange) : changes, screen),
    )
  }

  /** @returns null where the person left */
  private async choose(advice: DockerfileAdvice): Promise<Rewrite[] | null> {
    const offered = advice.report.rewrites.filter(({edits}) => edits.length > 0)
    const forecasts = advice.files.slice(0, MAX_FORECASTS).map(createChoiceForecast)
    const total = async (places: readonly number[]): Promise<string> => {
      const chosen = places.map((at) => offered[at]!)
      const effects = await Promise.all(
        forecasts.map((forecast, at) => forecast(chosen.filter(({file}) => file === advice.files[at]!.file))),
      )
      const applied = planChanges(advice, chosen).reduce((count, {rules}) => count + rules.length, 0)
      const known = effects.filter((effect) => effect !== null)
      return renderRewriteTotal(known, chosen.length, applied)
    }
    const text = {heading: 'Changes to make', noun: 'changes', choices: renderRewriteChoices(offered)}
    const ticked = await tickChoices(text, total, () => this.screen)
    return ticked?.map((at) => offered[at]!) ?? null
  }
}

/** Why a verified change is not written. */
function explainRefusal({verifications = []}: DockerfileReport): string {
  return verifications.some(({status}) => status === 'failed')
    ? 'a build failed, so the old and the new Dockerfile could not be compared'
    : 'the old and the new Dockerfile do not build the same image'
}

/** Of the first files it is said what the ticked changes do to an edit. */
const MAX_FORECASTS = 3

/** A build that cannot start is an error; a rewrite counts where the configuration gives it a severity. */
function listJudged({findings, rewrites, failed}: DockerfileReport) {
  const broken = failed.map(() => ({severity: 'error' as const}))
  const open = rewrites.filter(({confidence}) => confidence !== 'blocked')
  return {findings: [...findings, ...broken, ...open], suggestions: rewrites}
}

/** What reads YAML is large, and most calls do not want it. */
async function judgeWith(advice: DockerfileAdvice): Promise<DockerfileReport> {
  const {judgeCi} = await import('../../services/dockerfile/judge-ci.js')
  return judgeCi(advice)
}

/** Git looks for a file below the directory that it is called in. */
function placeChange(change: RewriteChange): RewriteChange {
  const relative = path.relative(process.cwd(), change.hostPath ?? '')
  const isBelow = change.hostPath !== null && !relative.startsWith('..') && !path.isAbsolute(relative)
  return isBelow ? {...change, path: relative.split(path.sep).join('/')} : change
}

/** The values of the command's flags. */
type DockerfileFlags = InferredFlags<typeof Dockerfile.flags>
