import {escapeHtml} from './escape-html.js'

/** A path or pattern as code, kept from turning the text around it; lines may break behind a `/`. */
export function renderName(name: string): string {
  return `<code><bdi>${escapeHtml(name).replaceAll('/', '/<wbr>')}</bdi></code>`
}
