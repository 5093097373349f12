import {formatCount} from '../../languages/text/amounts.js'
import type {Confidence, ContextReport, Suggestion} from '../../report/context-report.js'
import {groupSuggestions} from '../group-suggestions.js'
import {describeSaving, writeAmount} from '../saving-words.js'
import {measureWidth} from '../terminal/measure-width.js'
import type {Style} from '../terminal/style.js'
import {type Cell, renderTable, wrapText} from '../terminal/table.js'
import {MARKS, renderLegend} from './marks.js'
import type {Page} from './page.js'

const INDENT = ' '.repeat(5)
const MIN_REASON_WIDTH = 30

/** A write adds the safe lines, so more of them are shown before the rest is counted. */
const MAX_SAFE = 20

/** The lines that the ignore files should get, those of each file together. */
export function renderSuggestions({suggestions, plans}: ContextReport, page: Page): string[] {
  const {groups, hidden} = limit(suggestions, page.top)
  const lines = groups.flatMap(({ignoreFile, suggestions: own}, at) => [
    ...(at === 0 ? [] : ['']),
    page.styles.bold(`Suggested ${page.show(ignoreFile)} lines`),
    ...renderGroup(own, plans.length > 1, page),
  ])
  const more = describeHidden(hidden, suggestions.length).map((text) => `${INDENT}${text}`)
  return [
    ...lines,
    ...more,
    ...renderLegend(
      suggestions.map(({confidence}) => confidence),
      page,
    ),
  ]
}

/** Keeps the first of each confidence: they come largest first. */
function limit(suggestions: readonly Suggestion[], top: number) {
  const most: Record<Confidence, number> = {safe: Math.max(top, MAX_SAFE), review: top, blocked: top}
  const seen: Record<Confidence, number> = {safe: 0, review: 0, blocked: 0}
  const shown = suggestions.filter(({confidence}) => ++seen[confidence] <= most[confidence])
  const hide = (confidence: Confidence): number => Math.max(0, seen[confidence] - most[confidence])
  const hidden = {safe: hide('safe'), review: hide('review'), blocked: hide('blocked')}
  return {groups: groupSuggestions(shown), hidden}
}

function describeHidden({safe, review, blocked}: Record<Confidence, number>, count: number): string[] {
  const how = `--top ${count} shows them`
  return [
    ...(safe > 0 ? [`and ${formatCount(safe)} smaller safe ones: ${how}`] : []),
    ...(review > 0 ? [`and ${formatCount(review)} smaller ones to review: ${how}`] : []),
    ...(blocked > 0 ? [`and ${formatCount(blocked)} smaller ones that a build needs: ${how}`] : []),
  ]
}

function renderGroup(suggestions: readonly Suggestion[], isOfSeveral: boolean, page: Page): string[] {
  const words = suggestions.map((one) => describeSaving(one))
  const amounts = words.map((one) => (one === null ? '' : writeAmount(one, page.bytes)))
  const amountWidth = Math.max(...amounts.map((text) => text.length))
  const savings = words.map((one, at) =>
    one === null ? '' : `${one.verb} ${amounts[at]!.padStart(amountWidth)}`,
  )
  const savingWidth = Math.max(...savings.map((text) => text.length))
  const patternRoom = page.width - INDENT.length - savingWidth - 2
  const isShort = suggestions.map(({pattern}) => measureWidth(page.show(pattern)) <= patternRoom)
  // A long pattern must not push the savings of all others off the screen.
  const rows = suggestions.map((suggestion, at): Cell[] =>
    isShort[at] ? [...listCells(suggestion, page), {text: savings[at]!}] : [],
  )
  const table = renderTable([{align: 'left'}, {align: 'left'}, {align: 'right'}], rows)
  const lineWidth = Math.max(...table.map((line) => measureWidth(line)))
  return suggestions.flatMap((suggestion, at) => {
    const reason = describeReason(suggestion, isOfSeveral, page)
    if (isShort[at]) return appendReason(table[at]!, lineWidth, reason, page)
    const [mark, pattern] = listCells(suggestion, page) as [Cell, Cell]
    const head = `  ${mark.style!(mark.text)}  ${pattern.style!(pattern.text)}`
    const saving = words[at]
    return [head, ...wrapReason(saving ? `${saving.verb} ${amounts[at]}  ${reason}` : reason, page)]
  })
}

function listCells({pattern, confidence}: Suggestion, {styles, show}: Page): Cell[] {
  const byConfidence: Record<Confidence, Style> = {
    safe: styles.green,
    review: styles.yellow,
    blocked: styles.dim,
  }
  const style = byConfidence[confidence]
  return [
    {text: MARKS[confidence], style},
    {text: show(pattern), style},
  ]
}

function describeReason(suggestion: Suggestion, isOfSeveral: boolean, {show}: Page): string {
  const {reason, blockedBy = [], wantedBy = []} = suggestion
  if (!isOfSeveral) return show(reason)
  if (blockedBy.length > 0) return `${show(reason)}; needed by ${blockedBy.map(show).join(', ')}`
  return wantedBy.length === 0
    ? show(reason)
    : `${show(reason)}; probably needed by ${wantedBy.map(show).join(', ')}`
}

/** Puts the reason into a column of its own if that is wide enough to read, else below. */
function appendReason(line: string, lineWidth: number, reason: string, page: Page): string[] {
  if (reason === '') return [line]
  const room = page.width - lineWidth - 2
  if (room < MIN_REASON_WIDTH) return [line, ...wrapReason(reason, page)]
  const [first, ...others] = wrapText(reason, room).map((part) => page.styles.dim(part))
  const indent = ' '.repeat(lineWidth + 2)
  return [`${line}  ${first}`, ...others.map((part) => indent + part)]
}

function wrapReason(reason: string, {width, styles}: Page): string[] {
  return wrapText(reason, width - INDENT.length).map((part) => INDENT + styles.dim(part))
}
