import {CHECK_STATUS} from '../host/docker/build-launcher.js'
import {quoteWord} from '../languages/text/quote.js'
import {hasFailed} from '../measure/budget/check-budgets.js'
import {renderCheckedReport} from '../render/hook/render-checked-report.js'
import {escapeForTerminal} from '../render/terminal/escape.js'
import {type BuildCheck, checkRequestedBuild} from '../services/hook/check-requested-build.js'

/** What the check of a build says and does. */
export interface CheckResult {
  /** For standard error. */
  text: string
  /** For the launcher: one of `CHECK_STATUS`. */
  status: number
}

/** Checks the build that Docker handed to `docker-slimbuild`, and says what comes of it. */
export async function checkBuild(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<CheckResult> {
  const {problems, check} = await checkRequestedBuild(argv, env)
  const {text, status} = renderCheck(check)
  return {text: problems.map(sayLine).join('') + text, status}
}

function renderCheck(check: BuildCheck): CheckResult {
  switch (check.outcome) {
    case 'silent':
      return {text: '', status: CHECK_STATUS.goOn}
    case 'cancelled':
      return {text: '', status: CHECK_STATUS.cancelled}
    case 'timeout':
      return goOn(
        `the check took longer than ${check.limitMs / 1000} s and was skipped; the build goes on (SLIM_CHECK_TIMEOUT sets the limit)`,
      )
    case 'failed':
      return goOn(`the check failed, and the build goes on: ${check.reason}`)
    case 'checked':
      return renderChecked(check)
  }
}

function renderChecked({checked, request, stops}: BuildCheck & {outcome: 'checked'}): CheckResult {
  const text = renderCheckedReport(checked, `See it with: ${describeCommand(request)}`)
  if (!hasFailed(checked) || !stops) return {text, status: CHECK_STATUS.goOn}
  return {
    text: `${text}${sayLine('the build was stopped (SLIM_CHECK=off in the environment skips the check once)')}`,
    status: CHECK_STATUS.stop,
  }
}

function goOn(reason: string): CheckResult {
  return {text: sayLine(reason), status: CHECK_STATUS.goOn}
}

function sayLine(text: string): string {
  return `slim-check: ${escapeForTerminal(text)}\n`
}

function describeCommand({contextDir, dockerfile, target}: BuildRequestWords): string {
  const flags = [
    ...(dockerfile === undefined ? [] : ['--file', dockerfile]),
    ...(target === undefined ? [] : ['--target', target]),
  ]
  return ['docker slimcheck context', ...[contextDir, ...flags].map(quoteWord)].join(' ')
}

interface BuildRequestWords {
  contextDir: string
  dockerfile?: string
  target?: string
}
