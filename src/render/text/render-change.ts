import {createUnifiedDiff} from '../../languages/ignore/edit/unified-diff.js'
import {formatBytes, formatFiles} from '../../languages/text/amounts.js'
import type {ContextReport, Suggestion} from '../../report/context-report.js'
import type {FileChange} from '../../report/file-change.js'
import {headlineOf, savingOf} from '../../report/headline.js'
import type {Sizes} from '../../report/sizes.js'
import {explainSplit} from '../explain-split.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {measureWidth} from '../terminal/measure-width.js'
import {createStyles, type Screen} from '../terminal/style.js'
import {renderTable, shorten} from '../terminal/table.js'

/** The outcome of a write. */
export interface Outcome {
  after: Sizes
  oneBuilderAfter?: Sizes
  lost: readonly {file: string; line: number; text: string}[]
}

/** The pointer and the box that stand before a choice. */
const TICK_WIDTH = 3

/** One line for each suggestion to tick, cut to the screen, its saving beside it; the safe ones are ticked. */
export function renderChoices(
  suggestions: readonly Suggestion[],
  {width, hasUnicode}: Pick<Screen, 'width' | 'hasUnicode'>,
): {value: string; name: string; short: string; isTicked: boolean}[] {
  const ellipsis = hasUnicode ? '…' : '...'
  const room = width - TICK_WIDTH
  const heads = renderTable(
    [{align: 'left'}, {align: 'right'}],
    suggestions.map((one) => [
      {text: shorten(escapeForTerminal(one.pattern), Math.floor(room / 2), ellipsis)},
      {text: formatBytes(savingOf(one))},
    ]),
  ).map((line) => line.trimStart())
  return suggestions.map(({pattern, reason, confidence}, at) => ({
    value: pattern,
    name: `${heads[at]}  ${shorten(escapeForTerminal(reason), room - measureWidth(heads[at]!) - 2, ellipsis)}`,
    short: escapeForTerminal(pattern),
    isTicked: confidence === 'safe',
  }))
}

/** The changes as unified diffs, and the transfer before and after. */
export function renderChanges(report: ContextReport, changes: readonly FileChange[], screen: Screen): string {
  if (changes.length === 0) return nothingToDo(report)
  const {before, after} = headlineOf(report)
  const diffs = changes.map((change) => `${renderDiff(change, screen)}\n`)
  return `${diffs.join('')}${renderSaving(before, after, screen)}\n`
}

/** What a write did, or why it was undone. */
export function renderOutcome(
  report: ContextReport,
  changes: readonly FileChange[],
  outcome: Outcome | null,
  screen: Screen,
): string {
  if (changes.length === 0 || outcome === null) return nothingToDo(report)
  const {green, red} = createStyles(screen.hasColor)
  const paths = changes.map(({path}) => escapeForTerminal(path)).join(', ')
  if (outcome.lost.length > 0) {
    const reasons = outcome.lost.map(
      ({file, line, text}) => `  ${escapeForTerminal(`${file}:${line} ${text}`)} would get nothing`,
    )
    const verb = changes.length > 1 ? 'were' : 'was'
    return [red(`${paths} ${verb} put back: the change would break the build`), ...reasons, ''].join('\n')
  }
  const diffs = changes.map((change) => {
    const verb = change.before === null ? 'Created' : 'Updated'
    return `${renderDiff(change, screen)}\n${green(`${verb} ${escapeForTerminal(change.path)}`)}`
  })
  return `${diffs.join('\n\n')}   ${renderSaving(headlineOf(report).before, outcome.oneBuilderAfter ?? outcome.after, screen)}\n`
}

function nothingToDo({suggestions}: ContextReport): string {
  const hasDoubtful = suggestions.some(({confidence}) => confidence === 'review')
  const more = hasDoubtful ? '; --all takes the ? lines, once you have reviewed them' : ''
  return `Nothing to write: there is no safe line that would save anything${more}\n`
}

function renderSaving(before: Sizes, after: Sizes, {hasUnicode}: Screen): string {
  const arrow = hasUnicode ? '→' : '->'
  const files = `${formatFiles(before.fileCount)} ${arrow} ${formatFiles(after.fileCount)}`
  return `transfer ${formatBytes(before.transferBytes)} ${arrow} ${formatBytes(after.transferBytes)}, ${files}`
}

/** A change as a unified diff, coloured. */
export function renderDiff({path, before, after}: FileChange, {hasColor}: Screen): string {
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

/** What `--write` asks before it makes ignore files besides the one in force. */
export function renderSplitQuestion({splits = []}: ContextReport): string {
  const files = splits.flatMap(({ownFiles}) => ownFiles.map(({ignoreFile}) => ignoreFile))
  const reasons = splits.map((split) => `${escapeForTerminal(explainSplit(split))}.\n`)
  return `${reasons.join('')}Create ${escapeForTerminal(files.join(', '))}?`
}
