import {formatBytes} from '../../languages/text/amounts.js'
import type {OverviewAction, OverviewPart, OverviewReport} from '../../report/project/overview-report.js'
import {describeSaving, PART_TITLES, writeCommand} from '../compose/overview-words.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderPage} from './render-page.js'

export interface OverviewHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** When the report was made, as shown. */
  date: string
  /** How the user calls the program. */
  spelling: string
}

/** Renders the overview as one HTML page with all five parts. */
export function renderOverviewHtml(report: OverviewReport, options: OverviewHtmlOptions): string {
  const {context, parts, actions, builds} = report
  const {version, date, spelling} = options
  return renderPage({
    title: `Overview ${context}`,
    header: `<header class="top"><h1>Overview ${renderName(context)}</h1><p>${builds.slice(0, 20).map(renderName).join(', ')}</p></header>`,
    sections: [
      `<section class="first"><table><thead><tr><th scope="col">part</th><th scope="col">now</th><th scope="col">could be</th><th scope="col">command</th></tr></thead><tbody>${parts.map((part) => renderPart(part, spelling)).join('\n')}</tbody></table></section>`,
      renderActions(actions, spelling),
    ],
    footer: `<footer><p>A proved change breaks no build that is known. slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
  })
}

function renderPart({part, status, text, gain, command}: OverviewPart, spelling: string): string {
  const next = status === 'known' ? `<code>${escapeHtml(writeCommand(spelling, command))}</code>` : ''
  const now = status === 'known' ? escapeHtml(text) : `<span class="muted">${escapeHtml(text)}</span>`
  return `<tr><td><strong>${PART_TITLES[part]}</strong></td><td>${now}</td><td>${escapeHtml(gain ?? '')}</td><td>${next}</td></tr>`
}

const BADGES: Readonly<Record<OverviewAction['kind'], readonly [style: string, label: string]>> = {
  error: ['error', 'Error'],
  safe: ['pass', 'Proved'],
  review: ['warning', 'Review'],
}

function renderActions(actions: readonly OverviewAction[], spelling: string): string {
  if (actions.length === 0)
    return '<section><p class="empty">Nothing to do that the rules know of</p></section>'
  const items = actions.map((action) => {
    const [style, label] = BADGES[action.kind]
    const saving = describeSaving(action, (amount) => formatBytes(amount))
    return `<li><div><span class="badge ${style}">${label}</span></div><div><div class="name">${escapeHtml(action.title)}</div><p><code>${escapeHtml(writeCommand(spelling, action.command))}</code></p></div><div class="number">${escapeHtml(saving)}</div></li>`
  })
  return `<section><h2>What to do first</h2><ul class="list">${items.join('\n')}</ul></section>`
}
