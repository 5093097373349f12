import {createHash} from 'node:crypto'
import {escapeHtml, renderName} from './escape-html.js'
import {PAGE_SCRIPT} from './page-script.js'
import {PAGE_STYLE} from './page-style.js'

/** The parts of a page, as HTML but for its title. */
export interface PageParts {
  title: string
  header: string
  /** Empty ones are left out. */
  sections: readonly string[]
  footer: string
}

/**
 * Renders the heading of a page: what it shows, of which project.
 * @param what words before the name: `Build context`
 * @param project the name of the directory; empty where it is not known
 * @param path as it was given: shown where it says more than the name
 * @param note HTML
 */
export function renderHeader(what: string, project: string, path: string, note: string): string {
  const name = project === '' ? path : project
  const place = path === '.' || path === name ? '' : ` <span class="muted">${renderName(path)}</span>`
  return `<header class="top"><h1>${what} ${renderName(name)}${place}</h1><p>${note}</p></header>`
}

/** Renders one HTML page that needs nothing else: no network, no other file, and no script to be complete. */
export function renderPage({title, header, sections, footer}: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '${hashScript(PAGE_SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="generator" content="docker-slim-check">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
${header}
<main id="content">
${sections.filter((section) => section !== '').join('\n')}
</main>
${footer}
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`
}

function hashScript(script: string): string {
  return `sha256-${createHash('sha256').update(script).digest('base64')}`
}
