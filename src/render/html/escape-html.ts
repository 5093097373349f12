import {escapeForTerminal} from '../terminal/escape.js'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Makes text harmless between tags and in quoted attributes; control and direction characters become visible. */
export function escapeHtml(text: string): string {
  return escapeForTerminal(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** Writes a path or a pattern as code that does not turn the text around it; lines may break behind a `/`. */
export function renderName(name: string): string {
  return `<code><bdi>${escapeHtml(name).replaceAll('/', '/<wbr>')}</bdi></code>`
}

/** Writes a value as JSON that nothing in it can end a script element with. */
export function embedJson(value: object): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
}
