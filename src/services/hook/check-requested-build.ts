import {BUILD_PLUGIN_NAME} from '../../host/docker/build-launcher.js'
import {readDockerArguments} from '../../host/docker/docker-plugin.js'
import {type HookSettings, readHookSettings} from '../../host/hooks/hook-settings.js'
import {runInWorker} from '../../host/process/run-in-worker.js'
import {type CheckedReport, checkReport} from '../../measure/budget/check-budgets.js'
import {DEFAULT_FAIL_ON} from '../../measure/budget/fail-on.js'
import {type BuildRequest, parseBuildArguments} from '../../plan/command-line/parse-build-arguments.js'
import {toBuildOptions} from '../../plan/command-line/to-build-options.js'
import type {CheckAnswer} from './answer-check.js'

/** How the check of a build ended. */
export type BuildCheck =
  /** Nothing of it concerns the user. */
  | {outcome: 'silent'}
  /** Docker was told to stop. */
  | {outcome: 'cancelled'}
  | {outcome: 'timeout'; limitMs: number}
  /** A fault of ours. */
  | {outcome: 'failed'; reason: string}
  | {outcome: 'checked'; checked: CheckedReport; request: BuildRequest; stops: boolean}

type Environment = Readonly<Record<string, string | undefined>>

/** Checks the build that Docker handed to `docker-slimbuild`. Never takes longer than its limit. */
export async function checkRequestedBuild(
  argv: readonly string[],
  env: Environment,
): Promise<{problems: readonly string[]; check: BuildCheck}> {
  const settings = readHookSettings(env)
  const [command, ...words] = readDockerArguments(argv, BUILD_PLUGIN_NAME).own
  const request = command === 'build' ? parseBuildArguments(words) : null
  if (settings.isOff || request === null) return {problems: [], check: {outcome: 'silent'}}
  return {problems: settings.problems, check: await runCheck(request, settings, env)}
}

async function runCheck(
  request: BuildRequest,
  settings: HookSettings,
  env: Environment,
): Promise<BuildCheck> {
  const url = new URL('./check-build-worker.js', import.meta.url)
  const outcome = await runInWorker<CheckAnswer>(url, toBuildOptions(request, env), {
    limitMs: settings.limitMs,
    cancelSocket: env.DOCKER_CLI_PLUGIN_SOCKET,
  })
  if (outcome.status === 'cancelled') return {outcome: 'cancelled'}
  if (outcome.status === 'timeout') return {outcome: 'timeout', limitMs: settings.limitMs}
  if (outcome.status === 'failed') return {outcome: 'failed', reason: outcome.reason}
  const {fault, report, failOn = DEFAULT_FAIL_ON} = outcome.value
  if (fault !== undefined) return {outcome: 'failed', reason: fault}
  if (report === undefined) return {outcome: 'silent'}
  const checked = checkReport(report, {maxTransferBytes: settings.maxTransferBytes, failOn})
  return {outcome: 'checked', checked, request, stops: settings.stops}
}
