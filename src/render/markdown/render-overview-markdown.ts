import {formatBytes} from '../../languages/text/amounts.js'
import type {OverviewAction, OverviewPart, OverviewReport} from '../../report/project/overview-report.js'
import {describeSaving, explainNoActions, PART_TITLES, writeCommand} from '../compose/overview-words.js'
import {toCode, toProse} from './escape-markdown.js'
import {markReport} from './mark-report.js'

/** Renders the overview as Markdown, for a comment or the summary of a job. */
export function renderOverviewMarkdown(report: OverviewReport, spelling: string): string {
  const {context, parts, actions} = report
  const sections = [
    markReport('overview'),
    `### Overview of ${toCode(context)}`,
    [
      '| | now | proposed | command |',
      '| --- | --- | --- | --- |',
      ...parts.map((part) => renderPart(part, spelling)),
    ].join('\n'),
    ...(actions.length === 0
      ? [explainNoActions(report)]
      : ['#### What to do first', actions.map((action) => renderAction(action, spelling)).join('\n')]),
  ]
  return `${sections.join('\n\n')}\n`
}

function renderPart({part, status, text, gain, command}: OverviewPart, spelling: string): string {
  const cells = [
    `**${PART_TITLES[part]}**`,
    toProse(text),
    gain === null ? '' : toProse(gain),
    status === 'known' ? toCode(writeCommand(spelling, command)) : '',
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

const LABELS: Readonly<Record<OverviewAction['kind'], string>> = {
  error: 'error',
  safe: 'proved',
  review: 'to review',
}

function renderAction(action: OverviewAction, spelling: string): string {
  const saving = describeSaving(action, (amount) => formatBytes(amount))
  const more = saving === '' ? '' : `, ${saving}`
  return `1. ${toProse(action.title)} (${LABELS[action.kind]}${more}): ${toCode(writeCommand(spelling, action.command))}`
}
