import stringWidth from 'string-width'
import type {Style} from './style.js'

/** A cell: text as shown, and how to colour it once it is padded. */
export interface Cell {
  text: string
  style?: Style
}

export interface Column {
  align: 'left' | 'right'
}

/** Lays out rows in columns two spaces apart; the last column is not padded. Lines are indented by two spaces. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string[] {
  const widths = columns.map((_, at) => Math.max(0, ...rows.map((row) => stringWidth(row[at]?.text ?? ''))))
  return rows.map((row) => {
    const cells = row.map(({text, style}, at) => {
      const isLast = at === row.length - 1
      const room = ' '.repeat(widths[at]! - stringWidth(text))
      const shown = style === undefined ? text : style(text)
      if (columns[at]?.align === 'right') return room + shown
      return isLast ? shown : shown + room
    })
    return `  ${cells.join('  ')}`.trimEnd()
  })
}

/** Shortens text in the middle to fit: the ends of a path tell most. */
export function shorten(text: string, width: number, ellipsis = '…'): string {
  if (stringWidth(text) <= width) return text
  const characters = [...text]
  const room = Math.max(1, width - stringWidth(ellipsis))
  const head = takeWidth(characters, Math.floor(room / 3))
  const tail = takeWidth(characters.toReversed(), room - stringWidth(head))
  return head + ellipsis + [...tail].reverse().join('')
}

function takeWidth(characters: readonly string[], width: number): string {
  let taken = ''
  let used = 0
  for (const character of characters) {
    used += stringWidth(character)
    if (used > width) break
    taken += character
  }
  return taken
}
