import {measureWidth} from './measure-width.js'
import type {Style} from './style.js'

/** A cell: text as shown, and how to colour it once it is padded. */
export interface Cell {
  text: string
  style?: Style
}

export interface Column {
  align: 'left' | 'right'
}

/** Lays out rows in columns two spaces apart; nothing is padded at the end of a line. Lines are indented by two spaces. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string[] {
  const widths = measureColumns(rows)
  return rows.map((row) => `  ${renderRow(columns, widths, row)}`)
}

/** One row of a table whose columns are known to be this wide, not indented. */
export function renderRow(
  columns: readonly Column[],
  widths: readonly number[],
  row: readonly Cell[],
): string {
  const shown = row.slice(0, row.findLastIndex(({text}) => text !== '') + 1)
  const cells = shown.map(({text, style}, at) => {
    const room = ' '.repeat(widths[at]! - measureWidth(text))
    const styled = style === undefined ? text : style(text)
    if (columns[at]?.align === 'right') return room + styled
    return at === shown.length - 1 ? styled : styled + room
  })
  return cells.join('  ')
}

/** The widest text of each column. */
export function measureColumns(rows: Iterable<readonly Cell[]>): number[] {
  const widths: number[] = []
  for (const row of rows) {
    for (let at = 0; at < row.length; at++)
      widths[at] = Math.max(widths[at] ?? 0, measureWidth(row[at]!.text))
  }
  return widths
}

/** A space where a line may break: not between an amount and its unit. */
const BREAK = /(?<!\d) | (?!(?:[kMGTPEZY]?B|files?|s|min|h|d|%)(?!\w))/

/** Breaks text at spaces into lines of at most `width` columns; a longer word stands on a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(BREAK)) {
    if (line !== '' && measureWidth(line) + 1 + measureWidth(word) > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

/** Shortens a text in the middle to fit: the ends of a path say most. */
export function shorten(text: string, width: number, ellipsis = '…'): string {
  if (measureWidth(text) <= width) return text
  const characters = [...text]
  const room = Math.max(1, width - measureWidth(ellipsis))
  const head = takeWidth(characters, Math.floor(room / 3))
  const tail = takeWidth(characters.toReversed(), room - measureWidth(head))
  return head + ellipsis + [...tail].reverse().join('')
}

function takeWidth(characters: readonly string[], width: number): string {
  let taken = ''
  let used = 0
  for (const character of characters) {
    used += measureWidth(character)
    if (used > width) break
    taken += character
  }
  return taken
}

/** Tells whether all lines fit. */
export function fitsWidth(lines: readonly string[], width: number): boolean {
  return lines.every((line) => measureWidth(line) <= width)
}
