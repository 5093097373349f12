import {createUnifiedDiff} from '../edit/unified-diff.js'
import type {ContextReport, Suggestion} from '../report/context-report.js'
import {formatBytes, formatFiles} from './bytes.js'
import {escapeForTerminal} from './escape.js'
import {createStyles, type Screen} from './style.js'
import {renderTable} from './table.js'

/** An ignore file before and after. */
export interface Change {
  path: string
  before: Uint8Array | null
  after: Uint8Array
}

/** What became of a write. */
export interface Outcome {
  transferBytes: number
  lost: readonly {line: number; text: string}[]
}

/** One line for each suggestion to tick, its saving beside it; the safe ones are ticked. */
export function renderChoices(
  suggestions: readonly Suggestion[],
): {value: string; name: string; isTicked: boolean}[] {
  const lines = renderTable(
    [{align: 'left'}, {align: 'right'}],
    suggestions.map(({pattern, savedBytes, reason}) => [
      {text: escapeForTerminal(pattern)},
      {text: formatBytes(savedBytes)},
      {text: escapeForTerminal(reason)},
    ]),
  )
  return suggestions.map(({pattern, confidence}, at) => ({
    value: pattern,
    name: lines[at]!.trimStart(),
    isTicked: confidence === 'safe',
  }))
}

/** The change as a unified diff, and the transfer before and after. */
export function renderChange(report: ContextReport, change: Change | null, screen: Screen): string {
  if (change === null) return nothingToDo()
  return `${renderDiff(change, screen)}\n${renderSaving(report, screen)}\n`
}

/** What a write did, or why it was undone. */
export function renderOutcome(
  report: ContextReport,
  change: Change | null,
  outcome: Outcome | null,
  screen: Screen,
): string {
  if (change === null || outcome === null) return nothingToDo()
  const {green, red} = createStyles(screen.hasColor)
  const path = escapeForTerminal(change.path)
  if (outcome.lost.length > 0) {
    const reasons = outcome.lost.map(
      ({line, text}) => `  Dockerfile:${line} ${escapeForTerminal(text)} would get nothing`,
    )
    return [red(`${path} was put back: the change would break the build`), ...reasons, ''].join('\n')
  }
  const done = green(`${change.before === null ? 'Created' : 'Updated'} ${path}`)
  return `${renderDiff(change, screen)}\n${done}   ${renderSaving(report, screen)}\n`
}

function nothingToDo(): string {
  return 'Nothing to write: there is no safe line that would save anything\n'
}

function renderSaving({before, after}: ContextReport, {hasUnicode}: Screen): string {
  const arrow = hasUnicode ? '→' : '->'
  const files = `${formatFiles(before.fileCount)} ${arrow} ${formatFiles(after.fileCount)}`
  return `transfer ${formatBytes(before.transferBytes)} ${arrow} ${formatBytes(after.transferBytes)}, ${files}`
}

function renderDiff({path, before, after}: Change, {hasColor}: Screen): string {
  const {green, red, cyan} = createStyles(hasColor)
  const lines = createUnifiedDiff(path, before, after).split('\n')
  return lines
    .map((line) => {
      const shown = escapeForTerminal(line.replace(/\r$/, ''))
      if (line.startsWith('@@')) return cyan(shown)
      if (line.startsWith('+')) return green(shown)
      return line.startsWith('-') ? red(shown) : shown
    })
    .join('\n')
}
