import {formatBytes} from '../../languages/text/amounts.js'
import type {OverviewAction, OverviewPart, OverviewReport} from '../../report/project/overview-report.js'
import {
  describeSaving,
  explainNoActions,
  groupByCommand,
  PART_TITLES,
  writeCommand,
} from '../compose/overview-words.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderHeader, renderPage} from './render-page.js'
import {renderTable} from './render-table.js'

export interface OverviewHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** When the report was made, as shown. */
  date: string
  /** The name of the project's directory. */
  project?: string
  /** How the user calls the program. */
  spelling: string
}

/** Renders the overview as one HTML page with all five parts. */
export function renderOverviewHtml(report: OverviewReport, options: OverviewHtmlOptions): string {
  const {context, parts, builds} = report
  const {version, date, spelling, project = ''} = options
  return renderPage({
    title: `Overview ${project === '' ? context : project}`,
    header: renderHeader('Overview', project, context, builds.slice(0, 20).map(renderName).join(', ')),
    sections: [
      `<section class="first">${renderTable({heads: ['part', 'now', 'proposed', 'command'], rows: parts.map((part) => renderPart(part, spelling)), isProse: true})}</section>`,
      renderActions(report, spelling),
    ],
    footer: `<footer><p>A change that is proved safe breaks none of these builds. slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
  })
}

function renderPart({part, status, text, gain, command}: OverviewPart, spelling: string): string[] {
  const next = status === 'known' ? renderCommand(spelling, command) : ''
  const now = status === 'known' ? escapeHtml(text) : `<span class="muted">${escapeHtml(text)}</span>`
  return [`<strong>${PART_TITLES[part]}</strong>`, `<span>${now}</span>`, escapeHtml(gain ?? ''), next]
}

const BADGES: Readonly<Record<OverviewAction['kind'], readonly [style: string, label: string]>> = {
  error: ['error', 'Error'],
  safe: ['pass', 'Proved'],
  review: ['warning', 'Review'],
}

function renderActions(report: OverviewReport, spelling: string): string {
  const {actions} = report
  if (actions.length === 0)
    return `<section><p class="empty">${escapeHtml(explainNoActions(report))}</p></section>`
  const items = groupByCommand(actions).flatMap((group) =>
    group.map((action, at) => {
      const [style, label] = BADGES[action.kind]
      const saving = describeSaving(action, (amount) => formatBytes(amount))
      const command = at < group.length - 1 ? '' : `<p>${renderCommand(spelling, action.command)}</p>`
      return `<li><div><span class="badge ${style}">${label}</span></div><div><div class="name">${escapeHtml(action.title)}</div>${command}</div><div class="number">${escapeHtml(saving)}</div></li>`
    }),
  )
  return `<section><h2>What to do first</h2><ul class="list">${items.join('\n')}</ul></section>`
}

/** A line breaks between words alone: `--all` is none of two. */
function renderCommand(spelling: string, words: readonly string[]): string {
  const shown = writeCommand(spelling, words).split(' ')
  return `<code class="command">${shown.map((word) => `<span>${escapeHtml(word)}</span>`).join(' ')}</code>`
}
