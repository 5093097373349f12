import {escapeHtml} from './escape-html.js'

/** A table whose rows become cards on a phone, each value with the name of its column. */
export interface TableParts {
  /** Names of the columns; with `>` in front they hold numbers. The first one names the row. */
  heads: readonly string[]
  /** Cells as HTML. */
  rows: readonly (readonly string[])[]
  /** A row of sums. */
  foot?: readonly string[]
  /** The cells hold text more than numbers: on a phone they begin at the left. Default: false. */
  isProse?: boolean
}

/** The style of such tables on a narrow screen. */
export const STACK_STYLE = `
@media screen and (max-width: 560px) {
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  .stack, .stack tbody, .stack tfoot, .stack tr { display: block }
  .stack tr { border-top: 1px solid var(--line); padding-block: 9px }
  .stack tbody:first-of-type tr:first-child { border-top: 0 }
  .stack td { display: flex; justify-content: space-between; gap: 14px; border: 0; padding: 2px 0; text-align: right; overflow-wrap: anywhere; white-space: normal }
  .stack td::before { content: attr(data-head); flex: none; color: var(--muted); font-size: 13px; font-weight: 400; text-align: left }
  .prose td { justify-content: flex-start; text-align: left }
  .prose td::before { width: 68px }
  .stack td:first-child { font-weight: 600; text-align: left }
  .stack td:first-child:not(.number)::before, .stack td:empty { display: none }
}
`

/** Renders such a table. */
export function renderTable({heads, rows, foot, isProse = false}: TableParts): string {
  const titles = heads.map((head) => `<th scope="col"${classOf(head)}>${escapeHtml(nameOf(head))}</th>`)
  const body = rows.map((cells) => renderRow(heads, cells)).join('\n')
  const sums = foot === undefined ? '' : `<tfoot>${renderRow(heads, foot)}</tfoot>`
  return `<table class="stack${isProse ? ' prose' : ''}"><thead><tr>${titles.join('')}</tr></thead><tbody>${body}</tbody>${sums}</table>`
}

function renderRow(heads: readonly string[], cells: readonly string[]): string {
  const shown = cells.map((cell, at) => {
    const head = heads[at] ?? ''
    return `<td${classOf(head)} data-head="${escapeHtml(nameOf(head))}">${cell}</td>`
  })
  return `<tr>${shown.join('')}</tr>`
}

function classOf(head: string): string {
  return head.startsWith('>') ? ' class="number"' : ''
}

function nameOf(head: string): string {
  return head.replace(/^>/, '')
}
