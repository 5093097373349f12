import {readHookSettings} from '../../host/hooks/hook-settings.js'
import {readProcessArguments} from '../../host/process/process-arguments.js'
import {runInWorker} from '../../host/process/run-in-worker.js'
import {type CheckedReport, checkReport} from '../../measure/budget/check-budgets.js'
import type {BuildRequest} from '../../plan/command-line/parse-build-arguments.js'
import {readFinishedBuild} from '../../plan/command-line/read-build-command.js'
import {toBuildOptions} from '../../plan/command-line/to-build-options.js'
import type {CheckAnswer} from './answer-check.js'

/** A build that has run, and what its context should have been. */
export interface FinishedBuild {
  request: BuildRequest
  checked: CheckedReport
}

/**
 * Checks the build that Docker's hook names, within `SLIM_CHECK_TIMEOUT`: the user did not ask for it.
 * @param message Docker's JSON
 * @returns null where there is nothing to check, or the check did not end
 */
export async function checkFinishedBuild(
  message: string,
  env: NodeJS.ProcessEnv,
): Promise<FinishedBuild | null> {
  // The legacy builder sends everything that is not ignored.
  if (env.DOCKER_BUILDKIT === '0' || env.SLIM_CHECK === 'off') return null
  const request = readFinishedBuild(message, readProcessArguments(process.ppid))
  if (request === null) return null
  // The build is over, and its user waits for the prompt.
  const {limitMs} = readHookSettings(env)
  const limits = {limitMs, cancelSocket: env.DOCKER_CLI_PLUGIN_SOCKET}
  const url = new URL('./check-build-worker.js', import.meta.url)
  const outcome = await runInWorker<CheckAnswer>(url, toBuildOptions(request, env), limits)
  const report = outcome.status === 'done' ? outcome.value.report : undefined
  return report === undefined
    ? null
    : {request, checked: checkReport(report, {maxTransferBytes: null, failOn: 'never'})}
}
