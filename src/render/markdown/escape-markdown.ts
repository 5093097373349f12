import {escapeForTerminal} from '../terminal/escape.js'

/** Longer names are cut: they would take the room of others. */
const MAX_LENGTH = 200

/** Words that GitHub turns into links: mentions, references, addresses. */
const LIVE_WORD = /[@#]|:\/\/|www\.|\bGH-\d/i

/**
 * A name as code, cut to so many letters: nothing in it is read as Markdown, HTML, a mention or a link. A `|` would end a
 * table's cell even there, so it stands in an element of its own.
 */
export function toCode(text: string, maxLength = MAX_LENGTH): string {
  const parts = cut(escapeForTerminal(text), maxLength).split('|')
  return parts.map(toSpan).join('<code>&#124;</code>') || '<code></code>'
}

function toSpan(text: string): string {
  if (text === '') return ''
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const isPadded = /^`|`$|^ .* $/.test(text)
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

/** The same for places that are not read as Markdown, such as `<summary>`. */
export function toHtmlCode(text: string): string {
  return `<code>${toEntities(cut(escapeForTerminal(text)))}</code>`
}

/** A message as prose: what it quotes, and every word that GitHub would act on, becomes code. */
export function toProse(text: string): string {
  const parts = cut(escapeForTerminal(text), 3 * MAX_LENGTH).split(/"([^"]+)"/)
  return parts.map((part, at) => (at % 2 === 1 ? toCode(part) : escapeWords(part))).join('')
}

function escapeWords(text: string): string {
  return text
    .split(' ')
    .map((word) => (LIVE_WORD.test(word) ? toCode(word) : toEntities(word)))
    .join(' ')
}

/** Writes every character that is special in Markdown or HTML as a numeric entity. */
function toEntities(text: string): string {
  return text.replace(
    /[&<>"'`|\\*_~[\]{}!$#@^=+]|:(?=\/\/)|\bw(?=ww\.)/gi,
    (sign) => `&#${sign.charCodeAt(0)};`,
  )
}

function cut(text: string, length = MAX_LENGTH): string {
  return text.length <= length ? text : `${[...text.slice(0, length)].slice(0, -1).join('')}…`
}
