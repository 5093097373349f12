import {createUnifiedDiff} from '../edit/unified-diff.js'
import type {ContextReport, Suggestion} from '../report/context-report.js'
import type {Sizes} from '../transfer/predict-transfer.js'
import {formatBytes, formatFiles} from './bytes.js'
import {escapeForTerminal} from './escape.js'
import {explainSplit} from './explain-split.js'
import {createStyles, type Screen} from './style.js'
import {renderTable} from './table.js'

/** An ignore file before and after. */
export interface Change {
  /** Relative to the report's context. */
  shownPath: string
  before: Uint8Array | null
  after: Uint8Array
}

/** What became of a write. */
export interface Outcome {
  after: Sizes
  lost: readonly {file: string; line: number; text: string}[]
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

/** The changes as unified diffs, and the transfer before and after. */
export function renderChanges(report: ContextReport, changes: readonly Change[], screen: Screen): string {
  if (changes.length === 0) return nothingToDo()
  const diffs = changes.map((change) => `${renderDiff(change, screen)}\n`)
  return `${diffs.join('')}${renderSaving(report.before, report.after, screen)}\n`
}

/** What a write did, or why it was undone. */
export function renderOutcome(
  report: ContextReport,
  changes: readonly Change[],
  outcome: Outcome | null,
  screen: Screen,
): string {
  if (changes.length === 0 || outcome === null) return nothingToDo()
  const {green, red} = createStyles(screen.hasColor)
  const paths = changes.map(({shownPath}) => escapeForTerminal(shownPath)).join(', ')
  if (outcome.lost.length > 0) {
    const reasons = outcome.lost.map(
      ({file, line, text}) => `  ${escapeForTerminal(`${file}:${line} ${text}`)} would get nothing`,
    )
    const verb = changes.length > 1 ? 'were' : 'was'
    return [red(`${paths} ${verb} put back: the change would break the build`), ...reasons, ''].join('\n')
  }
  const diffs = changes.map((change) => {
    const verb = change.before === null ? 'Created' : 'Updated'
    return `${renderDiff(change, screen)}\n${green(`${verb} ${escapeForTerminal(change.shownPath)}`)}`
  })
  return `${diffs.join('\n\n')}   ${renderSaving(report.before, outcome.after, screen)}\n`
}

function nothingToDo(): string {
  return 'Nothing to write: there is no safe line that would save anything\n'
}

function renderSaving(before: Sizes, after: Sizes, {hasUnicode}: Screen): string {
  const arrow = hasUnicode ? '→' : '->'
  const files = `${formatFiles(before.fileCount)} ${arrow} ${formatFiles(after.fileCount)}`
  return `transfer ${formatBytes(before.transferBytes)} ${arrow} ${formatBytes(after.transferBytes)}, ${files}`
}

function renderDiff({shownPath, before, after}: Change, {hasColor}: Screen): string {
  const {green, red, cyan} = createStyles(hasColor)
  const lines = createUnifiedDiff(shownPath, before, after).split('\n')
  return lines
    .map((line) => {
      const shown = escapeForTerminal(line.replace(/\r$/, ''))
      if (line.startsWith('@@')) return cyan(shown)
      if (line.startsWith('+')) return green(shown)
      return line.startsWith('-') ? red(shown) : shown
    })
    .join('\n')
}

/** What `--write` asks before it makes ignore files besides the one in force. */
export function renderSplitQuestion({splits = []}: ContextReport): string {
  const files = splits.flatMap(({ownFiles}) => ownFiles.map(({ignoreFile}) => ignoreFile))
  const reasons = splits.map((split) => `${escapeForTerminal(explainSplit(split))}.\n`)
  return `${reasons.join('')}Create ${escapeForTerminal(files.join(', '))}?`
}
