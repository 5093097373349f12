import {formatBytes, formatCount, formatShare, formatThings} from '../../languages/text/amounts.js'
import type {ContextReport, PlanReport, Suggestion} from '../../report/context-report.js'
import {addContexts} from '../add-contexts.js'
import {explainSplit} from '../explain-split.js'
import {groupSuggestions} from '../group-suggestions.js'
import {writeSaving} from '../saving-words.js'
import {splitLargest} from '../split-largest.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {writeMessage} from '../write-message.js'
import {toCode, toHtmlCode, toProse} from './escape-markdown.js'
import {createTable, fold, type Section} from './section.js'

/** Further rows are only counted, even if there is room. */
const MAX_ROWS = 100

/** Everything that may be left out for length, the most important first. */
export function listDetails(report: ContextReport): Section[] {
  return [
    ...listBuilds(report),
    ...listSuggestions(report),
    ...listSplits(report),
    ...listFindings(report),
    ...listLargest(report),
  ].map((section) => limitRows(section))
}

/** @param moreCount what is not even in the rows */
function limitRows(section: Section, moreCount = 0): Section {
  const hidden = Math.max(0, section.rows.length - MAX_ROWS) + moreCount
  if (hidden === 0) return section
  return {
    ...section,
    rows: section.rows.slice(0, MAX_ROWS),
    foot: ['', `And ${formatCount(hidden)} more.`, ...section.foot],
  }
}

function listBuilds({plans}: ContextReport): Section[] {
  if (plans.length < 2) return []
  const titles = ['build', 'context', 'Dockerfile', 'ignore file', '>transfer', '>after', '>every rebuild']
  return [createTable('builds', titles, plans.map(describeBuild))]
}

function describeBuild(plan: PlanReport): string[] {
  const {name, context, dockerfile, target, ignoreFile, namedContexts} = plan
  const {before, after} = addContexts(plan)
  const used = namedContexts.filter(({usesContext}) => usesContext)
  const stage = target === null ? '' : ` → ${toCode(target)}`
  return [
    toCode(name),
    [context, ...used.map((named) => named.context)].map((name) => toCode(name)).join(', '),
    dockerfile === null ? 'none' : toCode(dockerfile) + stage,
    ignoreFile === null ? 'none' : toCode(ignoreFile),
    formatBytes(before.transferBytes),
    formatBytes(after.transferBytes),
    formatBytes(before.rebuildTransferBytes),
  ]
}

function listSuggestions({suggestions, plans}: ContextReport): Section[] {
  return groupSuggestions(suggestions).map(({ignoreFile, suggestions: own}) => {
    const rows = own.map((suggestion) => describeSuggestion(suggestion, plans.length > 1))
    const table = createTable(`lines for ${toCode(ignoreFile)}`, ['', 'line', '>saves', 'why'], rows)
    const safe = own.filter(({confidence}) => confidence === 'safe')
    const count = `${safe.length} safe of ${own.length}`
    const title = `Suggested lines for ${toHtmlCode(ignoreFile)}: ${count}`
    return fold({...table, head: [...writeLines(safe), ...table.head]}, title, safe.length > 0)
  })
}

/** The safe lines in a block to copy from. */
function writeLines(safe: readonly Suggestion[]): string[] {
  if (safe.length === 0) return []
  const lines = safe.slice(0, MAX_ROWS).map(({pattern}) => escapeForTerminal(pattern))
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  )
  const fence = '`'.repeat(longest + 1)
  return [fence, ...lines, fence, '']
}

function describeSuggestion(suggestion: Suggestion, isOfSeveral: boolean): string[] {
  const {confidence, pattern, reason} = suggestion
  const needed = isOfSeveral ? describeNeed(suggestion) : ''
  return [confidence, toCode(pattern), writeSaving(suggestion, formatBytes), toProse(reason) + needed]
}

function describeNeed({blockedBy = [], wantedBy = []}: Suggestion): string {
  const names = (blockedBy.length > 0 ? blockedBy : wantedBy).map((name) => toCode(name)).join(', ')
  if (names === '') return ''
  return `; ${blockedBy.length > 0 ? 'needed' : 'probably needed'} by ${names}`
}

/** The ignore files of their own that would help. */
function listSplits({splits = []}: ContextReport): Section[] {
  if (splits.length === 0) return []
  const rows = splits.map((split) => [
    split.confidence,
    split.ownFiles.map(({ignoreFile}) => toCode(ignoreFile)).join(', '),
    formatBytes(split.savedBytes),
    toProse(explainSplit(split)),
  ])
  const table = createTable('ignore files of their own', ['', 'new file', '>saves', 'why'], rows)
  return [fold(table, 'An ignore file of its own would help')]
}

function listFindings({findings, plans}: ContextReport): Section[] {
  if (findings.length === 0) return []
  const rows = findings.map((finding) => {
    const {severity, rule, file, line, plan, fix} = finding
    const place = file === undefined ? '' : toCode(line === undefined ? file : `${file}:${line}`)
    const whose = plans.length > 1 && plan !== undefined ? `${toCode(plan)}: ` : ''
    const remedy = fix === undefined ? '' : `. Fix: ${toProse(fix)}`
    return [severity, place, whose + toProse(writeMessage(finding)) + remedy, toCode(rule)]
  })
  const errors = findings.filter(({severity}) => severity === 'error').length
  const title = `Problems: ${findings.length}${errors > 0 ? `, ${formatThings(errors, 'error')}` : ''}`
  const table = createTable('problems', ['', 'where', 'what', 'rule'], rows)
  return [fold(table, title, errors > 0)]
}

function listLargest(report: ContextReport): Section[] {
  if (report.largest.length === 0) return []
  const {shown, rest, wholeBytes} = splitLargest(report, MAX_ROWS)
  const rows = shown.map(({path, title, transferBytes, fileCount}) => [
    toCode(path),
    toProse(title),
    formatBytes(transferBytes),
    formatShare(transferBytes, wholeBytes),
    formatCount(fileCount),
  ])
  const titles = ['path', 'kind', '>transfer', '>share', '>files']
  const table = createTable('largest paths', titles, rows)
  return [fold(limitRows(table, rest?.pathCount ?? 0), 'Largest included paths')]
}
