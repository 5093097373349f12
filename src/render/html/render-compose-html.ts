import {createUnifiedDiff} from '../../languages/ignore/edit/unified-diff.js'
import type {FileChange} from '../../report/file-change.js'
import type {ComposeReport, ComposeRewrite} from '../../report/project/compose-report.js'
import {
  describeService,
  explainServices,
  SERVICE_COLUMNS,
  sumUpServices,
} from '../compose/describe-service.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderHeader, renderPage} from './render-page.js'
import {renderFindings} from './render-problems.js'
import {renderTable} from './render-table.js'

export interface ComposeHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** When the report was made, as shown. */
  date: string
  /** The name of the project's directory. */
  project?: string
  /** What `--write` would change. */
  changes: readonly FileChange[]
}

/** Renders the report about a Compose project as one HTML page. */
export function renderComposeHtml(
  report: ComposeReport,
  {version, date, changes, project = ''}: ComposeHtmlOptions,
): string {
  const {files, development, findings} = report
  return renderPage({
    title: `Compose project ${project === '' ? report.context : project}`,
    header: renderHeader(
      'Compose project',
      project,
      report.context,
      `${files.map(renderName).join(', ')}: ${escapeHtml(sumUpServices(report))}`,
    ),
    sections: [
      renderComposeServices(report),
      development === null
        ? ''
        : `<section><p class="empty">Treated as a project for development: ${escapeHtml(development)}</p></section>`,
      renderFindings(findings),
      renderRewrites(report),
      renderChanges(changes),
    ],
    footer: `<footer><p>Each change was applied to the file, and the project was read again to prove that nothing else differs. slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
  })
}

/** The table of services. */
function renderComposeServices({services}: ComposeReport): string {
  const heads = SERVICE_COLUMNS.map((name) => (name === 'size' ? `>${name}` : name))
  const rows = services.map((service) => {
    const {name, image, size, build, limits, health, stop, command} = describeService(service)
    const texts = [size, build, limits, health, stop].map(escapeHtml)
    return [
      renderName(name),
      renderName(image),
      ...texts,
      `<code>${escapeHtml(command.slice(0, 200))}</code>`,
    ]
  })
  const legend = explainServices(services.map((service) => describeService(service)))
  const note = legend === '' ? '' : `<p class="muted">${escapeHtml(legend)}</p>`
  return `<section class="first"><h2>Services</h2>${renderTable({heads, rows})}${note}</section>`
}

function renderRewrites({rewrites}: ComposeReport): string {
  if (rewrites.length === 0) return ''
  return `<section><h2>Changes</h2><ul class="list">${rewrites.map(renderRewrite).join('\n')}</ul></section>`
}

function renderRewrite({confidence, file, line, title, rule, proof, questions = []}: ComposeRewrite): string {
  const [style, label] = confidence === 'safe' ? ['pass', 'Proved'] : ['warning', 'Review']
  const lines = [
    ...proof.map(
      ({claim, evidence}) =>
        `<div>${escapeHtml(claim)}: <span class="muted">${escapeHtml(evidence)}</span></div>`,
    ),
    ...questions.map((question) => `<div>Open: ${escapeHtml(question)}</div>`),
  ]
  return `<li><div><span class="badge ${style}">${label}</span></div><div><div class="name">${escapeHtml(title)}</div>${lines.join('')}<p>${renderName(`${file}:${line}`)} · ${escapeHtml(rule)}</p></div></li>`
}

function renderChanges(changes: readonly FileChange[]): string {
  const diffs = changes.map(({path, before, after}) => createUnifiedDiff(path, before, after))
  if (diffs.length === 0) return ''
  const texts = diffs.map((diff) => `<pre>${diff.trimEnd().split('\n').map(escapeHtml).join('\n')}</pre>`)
  return `<section><h2>The change</h2>${texts.join('\n')}</section>`
}
