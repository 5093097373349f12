import type {SettingFlags} from '../../config/override-settings.js'
import {SlimCheckError} from '../../errors.js'
import {findIndexDir} from '../../host/cache/walk-index-store.js'
import {parseSize} from '../../languages/text/parse-size.js'
import {type CheckedReport, checkReport} from '../../measure/budget/check-budgets.js'
import {DEFAULT_FAIL_ON} from '../../measure/budget/fail-on.js'
import type {BuildOptions} from '../../plan/build-options.js'
import {readBuildCommand} from '../../plan/command-line/read-build-command.js'
import {toBuildOptions} from '../../plan/command-line/to-build-options.js'
import type {ContextReport} from '../../report/context-report.js'
import {type AnalyzeRequest, analyzeRequest} from '../context/analyze-request.js'

/** What a hook asks to be checked. */
export interface HookCheckOptions {
  /** The build; null to read it from `words`. */
  build: BuildOptions | null
  /** The command line that builds. */
  words: readonly string[]
  maxTransfer: string | undefined
  /** Which builds instead of that of `build`; undefined: as `context` chooses. */
  choice?: AnalyzeRequest['choice']
  /** Budgets and the rest of the settings, above the configuration. */
  flags?: SettingFlags
  configFile?: string
  baselineFile?: string
  env: Readonly<Record<string, string | undefined>>
}

/** A build that was checked. */
export interface CheckedBuild {
  checked: CheckedReport
  /** As given. */
  contextDir: string
}

/**
 * Checks a build.
 * @returns null where the command line sends no directory of this machine
 * @throws SlimCheckError when it could not run
 */
export async function runHookCheck(options: HookCheckOptions): Promise<CheckedBuild | null> {
  const {words, env} = options
  const build = options.build ?? readBuild(words, env)
  if (build === null) return null
  // A command line says itself what it builds.
  const {choice, flags, configFile, baselineFile} = options
  const request: AnalyzeRequest = {
    build,
    ...(options.build === null ? {choice: null} : choice !== undefined && {choice}),
    ...(flags && {flags}),
    ...(configFile !== undefined && {configFile}),
    ...(baselineFile !== undefined && {baselineFile}),
  }
  return {checked: await checkContext(request, readBudget(options)), contextDir: build.contextDir}
}

/** The report with the budget that the hook itself was given. */
export function withViolations({report, violations}: CheckedReport): ContextReport {
  return {...report, budgets: [...violations, ...report.budgets.filter(({ok}) => ok)]}
}

/** Analyses builds and judges them, by the configuration, too. @throws SlimCheckError when it could not run */
async function checkContext(
  request: AnalyzeRequest,
  maxTransferBytes: number | null,
): Promise<CheckedReport> {
  const limit = maxTransferBytes === null ? {} : {'max-transfer': String(maxTransferBytes)}
  const flags = {...request.flags, ...limit}
  const {analysis, settings} = await analyzeRequest({...request, flags, indexDir: findIndexDir(process.env)})
  return checkReport(analysis.report, {maxTransferBytes, failOn: settings.failOn ?? DEFAULT_FAIL_ON})
}

function readBuild(words: readonly string[], env: HookCheckOptions['env']): BuildOptions | null {
  const request = readBuildCommand(words)
  return request && toBuildOptions(request, env)
}

function readBudget({maxTransfer, env}: HookCheckOptions): number | null {
  const name = maxTransfer === undefined ? 'SLIM_CHECK_MAX_TRANSFER' : '--max-transfer'
  // An empty variable is none.
  const size = maxTransfer ?? (env.SLIM_CHECK_MAX_TRANSFER || null)
  if (size === null) return null
  const bytes = parseSize(size)
  if (bytes !== null) return bytes
  throw new SlimCheckError('bad-flag', {
    message: `${name}: ${JSON.stringify(size)} is not a size`,
    nextStep: 'Write it as 50MB (10^6 bytes) or 50MiB (2^20 bytes)',
  })
}
