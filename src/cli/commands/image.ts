import * as Args from '@oclif/core/args'
import {SlimCheckError} from '../../errors.js'
import type {FailOn} from '../../measure/budget/fail-on.js'
import {analyzeForCommand, type CommandRequest, type WantedTrees} from '../../services/image/image-command.js'
import {BaseCommand} from '../base-command.js'
import {endWithVerdict} from '../end-with-verdict.js'
import {given} from '../flags/given.js'
import {imageFlags} from '../flags/image-flags.js'
import {reportFlags} from '../flags/report-flags.js'
import {chooseFormat} from '../reports/choose-format.js'
import {imageForms} from '../reports/image-forms.js'
import {writeReport} from '../reports/write-report.js'

export default class Image extends BaseCommand {
  static override summary = 'Show what an image contains, what is hidden in it, and what a deploy pulls'
  static override description =
    'Reads the layers of an image in your Docker engine (through docker save), of an archive that docker, podman, skopeo, buildah or kaniko wrote, or of an OCI layout. Shows four sizes: what a first pull downloads, what the layers unpack to, the files of the final image, and what is hidden, that is in a layer but removed or replaced by a later one.'
  static override examples = [
    {
      description: 'What an image contains, what is hidden in it, and what a deploy pulls',
      command: '<%= config.bin %> <%= command.id %> app:latest',
    },
    {
      description: 'What a host that has the old image pulls for the new one',
      command: '<%= config.bin %> <%= command.id %> app:new --to app:old --context .',
    },
    {
      description: 'One layer of an archive, without checking digests',
      command: '<%= config.bin %> <%= command.id %> app.tar --layer 5 --no-verify',
    },
    {
      description: 'Fail if more than 10 MB are hidden, without writing the image to disk',
      command: 'docker save app | <%= config.bin %> <%= command.id %> - --max-hidden 10MB',
    },
  ]
  static override usage = [
    '<%= command.id %> IMAGE|ARCHIVE|- [--to IMAGE] [--context DIR] [--format FORM] [OPTIONS]',
  ]
  static override args = {
    IMAGE: Args.string({
      name: 'IMAGE',
      description:
        'the name of an image in your Docker engine, the path of an archive or of an unpacked directory, or "-" for an archive from standard input',
      required: true,
      ignoreStdin: true,
    }),
  }
  static override flags = {
    ...imageFlags,
    format: reportFlags.format,
    json: reportFlags.json,
    output: reportFlags.output,
    top: reportFlags.top,
    bytes: reportFlags.bytes,
    config: reportFlags.config,
  }

  async run(): Promise<number> {
    const {args, flags} = await this.parse(Image)
    const request: CommandRequest = {
      source: args.IMAGE,
      verify: flags.verify,
      duplicates: flags.duplicates,
      allPlatforms: flags['all-platforms'],
      limits: flags,
      ...given({
        to: flags.to,
        deployed: flags.deployed,
        base: flags.base,
        platform: flags.platform,
        contextDir: flags.context,
        dockerfile: flags.file,
        configFile: flags.config,
      }),
    }
    const wanted: WantedTrees = {
      image: flags.tree,
      layers: readLayers(flags.layer ?? []),
      pictures: chooseFormat(flags) === 'html',
    }
    const answer = await analyzeForCommand(request, wanted)
    const {settings} = answer
    const format = flags.json || flags.output !== undefined ? flags.format : (flags.format ?? settings.format)
    const look = {...flags, format, top: flags.top ?? settings.top}
    await writeReport(imageForms(answer, flags), {
      ...look,
      version: this.config.version,
      screen: this.screen,
    })
    const {images} = answer.analysis
    return endWithVerdict({
      budgets: images.flatMap(({budgets}) => budgets),
      findings: images.flatMap(({findings}) => findings),
      failOn: (flags['fail-on'] as FailOn | undefined) ?? settings.failOn,
    })
  }
}

/** @throws SlimCheckError for what is no number of a layer */
function readLayers(given: readonly string[]): WantedTrees['layers'] {
  if (given.includes('all')) return 'all'
  return given.map((text) => {
    if (/^[1-9]\d{0,5}$/.test(text)) return Number(text) - 1
    throw new SlimCheckError('bad-flag', {
      message: `--layer: ${JSON.stringify(text)} is not the number of a layer`,
      nextStep: 'The lowest layer is 1; "all" shows every layer',
    })
  })
}
