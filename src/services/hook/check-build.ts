import {BUILD_PLUGIN_NAME, CHECK_STATUS} from '../../host/docker/build-launcher.js'
import {readDockerArguments} from '../../host/docker/docker-plugin.js'
import {type HookSettings, readHookSettings} from '../../host/hooks/hook-settings.js'
import {judgeReport} from '../../host/hooks/judge-report.js'
import {runInWorker} from '../../host/process/run-in-worker.js'
import {quoteForShell} from '../../languages/text/quote-for-shell.js'
import {type BuildRequest, parseBuildArguments} from '../../plan/command-line/parse-build-arguments.js'
import {toBuildOptions} from '../../plan/command-line/to-build-options.js'
import {renderJudgement} from '../../render/hook/render-judgement.js'
import {escapeForTerminal} from '../../render/terminal/escape.js'
import type {ContextReport} from '../../report/context-report.js'
import type {CheckAnswer} from './answer-check.js'

/** What the check of a build ends in. */
export interface BuildCheck {
  /** For standard error. */
  text: string
  /** For the launcher: one of `CHECK_STATUS`. */
  status: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** Checks the build that Docker handed to `docker-slimbuild`. Never throws and never takes longer than its limit. */
export async function checkBuild(argv: readonly string[], env: Environment): Promise<BuildCheck> {
  const settings = readHookSettings(env)
  const [command, ...words] = readDockerArguments(argv, BUILD_PLUGIN_NAME).own
  const request = command === 'build' ? parseBuildArguments(words) : null
  if (settings.isOff || request === null) return {text: '', status: CHECK_STATUS.goOn}
  const problems = settings.problems.map((problem) => `slim-check: ${escapeForTerminal(problem)}\n`).join('')
  const {text, status} = await runCheck(request, settings, env)
  return {text: problems + text, status}
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
  if (outcome.status === 'cancelled') return {text: '', status: CHECK_STATUS.cancelled}
  if (outcome.status === 'timeout') {
    const seconds = settings.limitMs / 1000
    return goOn(
      `the check took longer than ${seconds} s, building all the same (SLIM_CHECK_TIMEOUT changes it)`,
    )
  }
  const fault = outcome.status === 'failed' ? outcome.reason : outcome.value.fault
  if (fault !== undefined) return goOn(`the check failed, building all the same: ${fault}`)
  const report = outcome.status === 'done' ? outcome.value.report : undefined
  return report === undefined ? {text: '', status: CHECK_STATUS.goOn} : judge(report, request, settings)
}

function judge(report: ContextReport, request: BuildRequest, settings: HookSettings): BuildCheck {
  const judgement = judgeReport(report, settings.maxTransferBytes)
  const text = renderJudgement(judgement, `See it with: ${describeCommand(request)}`)
  if (judgement.violations.length === 0 || !settings.stops) return {text, status: CHECK_STATUS.goOn}
  return {
    text: `${text}slim-check: the build was stopped (SLIM_CHECK=off skips the check)\n`,
    status: CHECK_STATUS.stop,
  }
}

function goOn(reason: string): BuildCheck {
  return {text: `slim-check: ${escapeForTerminal(reason)}\n`, status: CHECK_STATUS.goOn}
}

function describeCommand({contextDir, dockerfile, target}: BuildRequest): string {
  const flags = [
    ...(dockerfile === undefined ? [] : ['--file', dockerfile]),
    ...(target === undefined ? [] : ['--target', target]),
  ]
  return ['docker slimcheck context', ...[contextDir, ...flags].map(quoteIfNeeded)].join(' ')
}

function quoteIfNeeded(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : quoteForShell(word)
}
