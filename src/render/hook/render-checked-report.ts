import {formatBytes, formatFiles, formatThings} from '../../languages/text/amounts.js'
import {type CheckedReport, hasFailed} from '../../measure/budget/check-budgets.js'
import type {Finding, Suggestion} from '../../report/context-report.js'
import {headlineOf, savingOf} from '../../report/headline.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {writeMessage} from '../write-message.js'

const SHOWN = 3
const SHOWN_SHARE = 0.01

/**
 * Renders what a hook says before a build: one line when all is well, else a short report.
 * @param command the command that shows and mends it
 */
export function renderCheckedReport(checked: CheckedReport, command: string): string {
  const {report, violations, failures, unwritten, isWasteful} = checked
  const {before, after} = headlineOf(report)
  const rebuild = `${formatBytes(before.rebuildTransferBytes)} when nothing has changed`
  const size = `${formatBytes(before.transferBytes)} in ${formatFiles(before.fileCount)} to transfer (${rebuild})`
  if (!isWasteful && !hasFailed(checked)) return `slim-check: ${size}\n`
  const lines = [
    `slim-check: ${size}${isWasteful ? `, ${formatBytes(after.transferBytes)} after the suggestions` : ''}`,
  ]
  for (const {path, bytes, pattern} of listReasons(checked)) {
    const line = pattern === null ? '' : `  ignore it with ${escapeForTerminal(pattern)}`
    lines.push(`  ${formatBytes(bytes).padStart(8)}  ${escapeForTerminal(path)}${line}`)
  }
  for (const {name, limit, actual, unit} of violations) {
    const [now, most] = unit === 'bytes' ? [formatBytes(actual), formatBytes(limit)] : [actual, limit]
    lines.push(`  ${name}: ${now} is over ${most}`)
  }
  if (unwritten > 0)
    lines.push(`  ${formatThings(unwritten, 'safe ignore line')} not written (fail-on: suggestion)`)
  lines.push(...renderFailures(failures), `  ${escapeForTerminal(command)}`)
  return `${lines.join('\n')}\n`
}

/** The gravest findings, a line each with its place and its remedy. */
function renderFailures(failures: readonly Finding[]): string[] {
  const lines = failures.slice(0, SHOWN).flatMap((finding) => {
    const {severity, file, line, fix} = finding
    const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`} `
    const remedy = fix === undefined ? [] : [`    fix: ${escapeForTerminal(fix)}`]
    return [`  ${severity}: ${escapeForTerminal(`${place}${writeMessage(finding)}`)}`, ...remedy]
  })
  const others = failures.length - SHOWN
  return others > 0 ? [...lines, `  and ${others} more`] : lines
}

interface Reason {
  path: string
  bytes: number
  pattern: string | null
}

/** What safe lines save; with it, or where there is none, what else is large. */
function listReasons({report, violations}: CheckedReport): Reason[] {
  const safe = report.suggestions.filter(
    // Tiny paths would only hide the others.
    (one) =>
      one.confidence === 'safe' && savingOf(one) >= SHOWN_SHARE * headlineOf(report).before.transferBytes,
  )
  const lines = safe
    .toSorted((a, b) => savingOf(b) - savingOf(a))
    .slice(0, SHOWN)
    .map((one) => ({path: namePaths(one), bytes: savingOf(one), pattern: one.pattern}))
  const taken = new Set(safe.flatMap(({paths}) => paths))
  const others = lines.length === 0 ? report.largest : violations.flatMap(({relievedBy}) => relievedBy)
  const patterns = new Map(report.suggestions.flatMap((one) => listCovered(one)))
  const left = new Map(others.filter(({path}) => !taken.has(path)).map((one) => [one.path, one]))
  return [
    ...lines,
    ...[...left.values()]
      .slice(0, SHOWN)
      .map(({path, transferBytes}) => ({path, bytes: transferBytes, pattern: patterns.get(path) ?? null})),
  ]
}

/** The paths that a safe line keeps out, each with the line. */
function listCovered({confidence, paths, pattern}: Suggestion): [path: string, pattern: string][] {
  return confidence === 'safe' ? paths.map((path) => [path, pattern]) : []
}

/** One path, or the first and how many others there are: the amount is that of all. */
function namePaths({paths, pattern}: Suggestion): string {
  const [first = pattern, ...others] = paths
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
