import * as Args from '@oclif/core/args'
import {Command} from '@oclif/core/command'
import type {Config} from '@oclif/core/config'
import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {SlimCheckError} from '../errors.js'
import {findIndexDir} from '../host/cache/walk-index-store.js'
import {readStandardInput} from '../host/terminal/read-standard-input.js'
import {COLOR_CHOICES, type ColorChoice, wantsColor} from '../host/terminal/wants-color.js'
import {parsePlatform} from '../languages/dockerfile/evaluate/names/platform.js'
import {splitPair} from '../languages/text/split-pair.js'
import type {BuildOptions} from '../plan/build-options.js'
import {readBuildArguments} from '../plan/read-build-arguments.js'
import type {Screen} from '../render/terminal/style.js'
import type {WalkSettings} from '../services/load/load-project.js'
import {given} from './flags/given.js'
import {setQuiet} from './quiet.js'

/** The build context, as `docker build` takes it. No argument reads standard input unasked. */
export const contextArgument = Args.string({
  name: 'DIR',
  description: 'the build context: the directory that you give to docker build',
  default: '.',
  ignoreStdin: true,
})

/** The flags that mean what they mean in `docker build`. */
export const buildFlags = {
  file: Flags.string({
    char: 'f',
    helpGroup: 'BUILD',
    helpValue: 'PATH',
    description: 'the Dockerfile ("-": from standard input); default: Dockerfile in DIR',
  }),
  target: Flags.string({
    helpGroup: 'BUILD',
    helpValue: 'STAGE',
    description: 'the stage to build; default: the last',
  }),
  'build-arg': Flags.string({
    helpGroup: 'BUILD',
    helpValue: 'NAME=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    description: 'a build argument; without a value, the one in the environment is used',
  }),
  'build-context': Flags.string({
    helpGroup: 'BUILD',
    helpValue: 'NAME=PATH',
    multiple: true,
    multipleNonGreedy: true,
    description: 'a named context',
  }),
  platform: Flags.string({
    helpGroup: 'BUILD',
    helpValue: 'OS/ARCH',
    description: 'the platform to build for; default: linux on the architecture of this machine',
  }),
}

/** The values of `buildFlags`, as oclif parses them. */
interface BuildFlagValues {
  file: string | undefined
  target: string | undefined
  'build-arg': string[] | undefined
  'build-context': string[] | undefined
  platform: string | undefined
}

/** The flags of every command, and those that they look at. */
interface GlobalFlagValues {
  color?: ColorChoice
  quiet?: boolean
  json?: boolean
  format?: string
}

type FlagInput = Interfaces.FlagInput

/** What all commands share. */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    color: Flags.string({
      helpGroup: 'GLOBAL',
      options: COLOR_CHOICES,
      description: 'when to use colour; default: auto, on a terminal and as NO_COLOR and FORCE_COLOR say',
    }),
    quiet: Flags.boolean({
      char: 'q',
      helpGroup: 'GLOBAL',
      description: 'print no text report, only errors and why the exit status is not 0',
    }),
  }

  /** Runs a call of this command. */
  static start(
    this: new (
      argv: string[],
      config: Config,
    ) => BaseCommand,
    argv: string[],
    config: Config,
  ): Promise<unknown> {
    return new this(argv, config)._run()
  }

  /** What `--color` says. */
  private color: ColorChoice = 'auto'

  protected override async parse<
    FlagValues extends Interfaces.OutputFlags<FlagInput>,
    BaseFlagValues extends Interfaces.OutputFlags<FlagInput>,
    ArgValues extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(
    options?: Interfaces.Input<FlagValues, BaseFlagValues, ArgValues>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<FlagValues, BaseFlagValues, ArgValues>> {
    const parsed = await super.parse(options, argv)
    const {color, quiet, json, format} = parsed.flags as GlobalFlagValues
    this.color = color ?? 'auto'
    // What a program reads is never left out.
    setQuiet(quiet === true && json !== true && format === undefined)
    return parsed
  }

  /** Leaves every error to the one place that reports them. */
  protected override async catch(error: Error): Promise<never> {
    throw error
  }

  /** What the build flags say, in the words of the service. */
  protected async readBuildOptions(
    contextDir: string,
    flags: BuildFlagValues,
  ): Promise<BuildOptions & WalkSettings> {
    const {file, target, platform} = flags
    if (platform !== undefined) checkPlatform(platform)
    const isPiped = file === '-'
    return {
      contextDir,
      ...given({
        dockerfileContent: isPiped ? await readStandardInput() : undefined,
        dockerfile: isPiped ? undefined : file,
        target,
        platform,
      }),
      buildArgs: readBuildArguments(flags['build-arg'] ?? [], process.env),
      buildContexts: readBuildContexts(flags['build-context'] ?? []),
      indexDir: findIndexDir(process.env),
    }
  }

  /** What standard output can show. */
  protected get screen(): Screen {
    const {stdout, env} = process
    return {
      // In a pipe nothing is cut, unless the reader says how wide it is.
      width: stdout.isTTY ? stdout.columns : Number(env.COLUMNS) || Number.POSITIVE_INFINITY,
      hasColor: wantsColor(stdout, this.color, env),
      hasUnicode: hasUnicode(env),
    }
  }
}

/** @throws SlimCheckError for what names no platform, or several */
function checkPlatform(platform: string): void {
  if (parsePlatform(platform, null) !== null) return
  throw new SlimCheckError('bad-flag', {
    message: `--platform: ${JSON.stringify(platform)} is not a platform`,
    nextStep: 'Write one such as linux/amd64',
  })
}

/** @throws SlimCheckError for a context without a name or a path, as Docker refuses it */
function readBuildContexts(given: readonly string[]): Record<string, string> {
  const contexts = given.map((text): [string, string] => {
    const [name, context] = splitPair(text)
    if (name !== '' && context) return [name, context]
    throw new SlimCheckError('bad-flag', {
      message: `--build-context: ${JSON.stringify(text)} is not NAME=PATH`,
      nextStep: 'Write it as lib=../lib',
    })
  })
  return Object.fromEntries(contexts)
}

/** POSIX says the locale in three variables; without any, terminals of today know UTF-8. */
function hasUnicode({LC_ALL, LC_CTYPE, LANG, TERM}: NodeJS.ProcessEnv): boolean {
  if (TERM === 'dumb' || TERM === 'linux') return false
  const locale = LC_ALL || LC_CTYPE || LANG || ''
  return locale === '' || /utf-?8/i.test(locale)
}
