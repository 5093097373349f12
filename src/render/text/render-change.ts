import {createUnifiedDiff} from '../../languages/ignore/edit/unified-diff.js'
import {formatBytes, formatFiles} from '../../languages/text/amounts.js'
import type {ContextReport, SplitReport, Suggestion} from '../../report/context-report.js'
import type {FileChange} from '../../report/file-change.js'
import {headlineOf} from '../../report/headline.js'
import type {Sizes} from '../../report/sizes.js'
import {explainSplit} from '../explain-split.js'
import {describeSaving, writeAmount} from '../saving-words.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {createStyles, type Screen} from '../terminal/style.js'
import type {Choice} from './render-picker.js'

/** The outcome of a write. */
export interface Outcome {
  after: Sizes
  oneBuilderAfter?: Sizes
  lost: readonly {file: string; line: number; text: string}[]
}

/** The lines to tick, each with its reason; then the ignore files of their own. */
export function renderChoices(
  suggestions: readonly Suggestion[],
  splits: readonly SplitReport[] = [],
): Choice[] {
  const isOfSeveral = new Set(suggestions.map(({ignoreFile}) => ignoreFile)).size > 1
  const lines = suggestions.map((one) => ({
    mark: markOf(one),
    title: escapeForTerminal(isOfSeveral ? `${one.ignoreFile}: ${one.pattern}` : one.pattern),
    gain: sayGain(one),
    reasons: [escapeForTerminal(explainLine(one))],
  }))
  const files = splits.map((split) => ({
    mark: markOf(split),
    title: escapeForTerminal(`new file ${split.ownFiles.map(({ignoreFile}) => ignoreFile).join(', ')}`),
    gain: `saves ${formatBytes(split.savedBytes)}`,
    reasons: [escapeForTerminal(explainSplit(split))],
  }))
  return [...lines, ...files]
}

function explainLine({reason, wantedBy = []}: Suggestion): string {
  return wantedBy.length === 0 ? reason : `${reason}; probably needed by ${wantedBy.join(', ')}`
}

function markOf({confidence}: Pick<Suggestion, 'confidence'>): '+' | '?' {
  return confidence === 'safe' ? '+' : '?'
}

/**
 * What the ticked lines come to.
 * @param report as if they were all that is accepted
 * @param ownBytes what the ticked ignore files of their own save besides, each build on a fresh builder
 */
export function renderChoiceTotal(
  report: ContextReport,
  ownBytes: number,
  screen: Pick<Screen, 'hasUnicode'>,
): string {
  const {before, after} = headlineOf(report)
  const own = ownBytes === 0 ? '' : `, new files save ${formatBytes(ownBytes)} more`
  return `${renderSaving(before, after, screen)}${own}`
}

function sayGain(suggestion: Suggestion): string {
  const saving = describeSaving(suggestion)
  return saving === null ? '' : `${saving.verb} ${writeAmount(saving, formatBytes)}`
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
    return [red(`${paths} ${verb} restored: the change would break the build`), ...reasons, ''].join('\n')
  }
  const diffs = changes.map((change) => {
    const verb = change.before === null ? 'Created' : 'Updated'
    return `${renderDiff(change, screen)}\n${green(`${verb} ${escapeForTerminal(change.path)}`)}`
  })
  return `${diffs.join('\n\n')}   ${renderSaving(headlineOf(report).before, outcome.oneBuilderAfter ?? outcome.after, screen)}\n`
}

function nothingToDo({suggestions, splits = [], findings}: ContextReport): string {
  const isSplit = ({ignoreFile, pattern, wantedBy = []}: Suggestion): boolean =>
    wantedBy.length > 0 &&
    splits.some((split) => split.ignoreFile === ignoreFile && split.patterns.includes(pattern))
  const hasDoubtful = suggestions.some((one) => one.confidence === 'review' && !isSplit(one))
  const more = hasDoubtful ? '; --all takes the ? lines, once you have reviewed them' : ''
  const isForLater = findings.some(({rule}) => rule === 'no-ignore-file')
  const later = isForLater ? '; what is not there yet (.git, .env, local packages) is for you to name' : ''
  return `Nothing to write: no line that is proved safe would save anything${more}${later}\n`
}

function renderSaving(before: Sizes, after: Sizes, {hasUnicode}: Pick<Screen, 'hasUnicode'>): string {
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

/** What ignore files of their own would change besides, as `--diff` shows it. @param isAgreed `--yes` was given */
export function renderOfferedChanges(
  changes: readonly FileChange[],
  offered: readonly SplitFiles[],
  isAgreed: boolean,
  screen: Screen,
): string {
  const head = isAgreed
    ? 'With --yes, this as well'
    : 'Once you agree (--write asks, --yes agrees), this as well'
  const diffs = changes.map((change) => `${renderDiff(change, screen)}\n`)
  return `${head}: it saves ${formatBytes(sumSaved(offered))} more\n\n${diffs.join('')}`
}

/** What is said where `--write` would have asked, and there is no terminal to ask on. */
export function renderUnasked(offered: readonly SplitFiles[]): string {
  const bytes = formatBytes(sumSaved(offered))
  return `Not created: ${listFiles(offered)}, which would save ${bytes} more. There is no terminal to ask on: --yes agrees\n`
}

/** What `--write` asks before it makes ignore files besides the one in force. */
export function renderSplitQuestion({splits = []}: ContextReport, offered: readonly SplitFiles[]): string {
  const files = new Set(offered.flatMap(({own}) => own.map(({change}) => change.path)))
  const asked = splits.filter(({ownFiles}) => ownFiles.every(({ignoreFile}) => files.has(ignoreFile)))
  const reasons = asked.map((split) => `${escapeForTerminal(explainSplit(split))}.\n`)
  return `${reasons.join('')}Create ${listFiles(offered)}?`
}

/** The files of a split that are not there yet. */
interface SplitFiles {
  own: readonly {change: FileChange}[]
  savedBytes: number
}

function listFiles(offered: readonly SplitFiles[]): string {
  return escapeForTerminal(offered.flatMap(({own}) => own.map(({change}) => change.path)).join(', '))
}

function sumSaved(offered: readonly SplitFiles[]): number {
  return offered.reduce((sum, {savedBytes}) => sum + savedBytes, 0)
}
