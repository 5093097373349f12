import {readHookSettings} from '../../host/hooks/hook-settings.js'
import {judgeReport} from '../../host/hooks/judge-report.js'
import {readProcessArguments} from '../../host/process/process-arguments.js'
import {runInWorker} from '../../host/process/run-in-worker.js'
import {readFinishedBuild} from '../../plan/command-line/read-build-command.js'
import {toBuildOptions} from '../../plan/command-line/to-build-options.js'
import {renderAfterBuild} from '../../render/hook/render-after-build.js'
import type {CheckAnswer} from './answer-check.js'

/**
 * Answers Docker's hook after a build; empty to say nothing. Never throws and never takes longer than
 * `SLIM_CHECK_TIMEOUT`: nobody asked for it.
 */
export async function answerAfterBuild(message: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    // The legacy builder sends everything that is not ignored.
    if (env.DOCKER_BUILDKIT === '0' || env.SLIM_CHECK === 'off') return ''
    const request = readFinishedBuild(message, readProcessArguments(process.ppid))
    if (request === null) return ''
    // The build is over, and its user waits for the prompt.
    const {limitMs} = readHookSettings(env)
    const limits = {limitMs, cancelSocket: env.DOCKER_CLI_PLUGIN_SOCKET}
    const url = new URL('./check-build-worker.js', import.meta.url)
    const outcome = await runInWorker<CheckAnswer>(url, toBuildOptions(request, env), limits)
    const report = outcome.status === 'done' ? outcome.value.report : undefined
    return report === undefined ? '' : renderAfterBuild(judgeReport(report, null), request)
  } catch {
    return ''
  }
}
