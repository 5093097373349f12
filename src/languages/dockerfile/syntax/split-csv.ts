import {quote} from '../../text/quote.js'
import type {Fail} from './fail.js'

/** Cuts one line of comma-separated values; a quoted field may hold commas, and `""` for a quote. */
export function splitCsv(text: string, fail: Fail): string[] {
  const fields: string[] = []
  let position = 0
  for (;;) {
    const {field, end} =
      text[position] === '"' ? readQuoted(text, position, fail) : readPlain(text, position, fail)
    fields.push(field)
    if (end >= text.length) return fields
    position = end + 1
  }
}

function readPlain(text: string, start: number, fail: Fail): {field: string; end: number} {
  const comma = text.indexOf(',', start)
  const end = comma < 0 ? text.length : comma
  const field = text.slice(start, end)
  if (field.includes('"')) fail(`misplaced quote in ${quote(field)}`)
  return {field, end}
}

function readQuoted(text: string, start: number, fail: Fail): {field: string; end: number} {
  let field = ''
  let position = start + 1
  for (;;) {
    const mark = text.indexOf('"', position)
    if (mark < 0) return fail(`missing '"' in ${quote(text)}`)
    field += text.slice(position, mark)
    const next = text[mark + 1]
    if (next === undefined || next === ',') return {field, end: mark + 1}
    if (next !== '"') return fail(`misplaced quote in ${quote(text)}`)
    field += '"'
    position = mark + 2
  }
}
