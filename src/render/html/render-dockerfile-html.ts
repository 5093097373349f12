import {createUnifiedDiff} from '../../languages/ignore/edit/unified-diff.js'
import type {Finding} from '../../report/context-report.js'
import type {DockerfileReport, Rewrite, RewriteConfidence} from '../../report/dockerfile-report.js'
import type {FileChange} from '../../report/file-change.js'
import {describeDifference} from '../dockerfile/describe-difference.js'
import {explainCheck} from '../dockerfile/explain-check.js'
import {explainEffect, explainRewriteEffects} from '../dockerfile/explain-effect.js'
import {escapeHtml, renderName} from './escape-html.js'
import {renderHeader, renderPage} from './render-page.js'
import {renderFindings} from './render-problems.js'

export interface DockerfileHtmlOptions {
  /** Of this program, for the foot of the page. */
  version: string
  /** When the report was made, as shown. */
  date: string
  /** The name of the project's directory. */
  project?: string
  /** What `--write` would change. */
  changes: readonly FileChange[]
}

const LABELS: Readonly<Record<RewriteConfidence, readonly [style: string, label: string]>> = {
  safe: ['pass', 'Proved'],
  review: ['warning', 'Review'],
  blocked: ['info', 'Blocked'],
}

/** Renders rewrites as one HTML page: what they do to an edit, each with its proof, and the change as a diff. */
export function renderDockerfileHtml(
  report: DockerfileReport,
  {version, date, changes, project = ''}: DockerfileHtmlOptions,
): string {
  const files = [...new Set(report.builds.map(({dockerfile}) => dockerfile))]
  return renderPage({
    title: `Dockerfile of ${project === '' ? report.context : project}`,
    header: renderHeader('Dockerfile of', project, report.context, files.map(renderName).join(', ')),
    sections: [
      renderEffects(report),
      ...files.map((file) => renderRewrites(file, report)),
      renderVerifications(report),
      renderChanges(changes),
      renderFindings([...listFailures(report), ...report.findings]),
      ...report.findings.map(renderSnippet),
      renderCheck(report),
    ],
    footer: `<footer><p>Each change was applied to the Dockerfile and evaluated again for every build and stage. slim-check ${escapeHtml(version)}, ${escapeHtml(date)}</p></footer>`,
  })
}

function listFailures({failed}: DockerfileReport): Finding[] {
  return failed.map(({name, message}): Finding => {
    return {rule: 'broken-build', severity: 'error', message: `${name}: ${message}`}
  })
}

function renderEffects({effects, builds}: DockerfileReport): string {
  if (effects.length === 0) return ''
  const lines = effects.map((effect) => {
    const whose = builds.length > 1 ? `${renderName(effect.build)}: ` : ''
    return `<p>${whose}${escapeHtml(explainEffect(effect))}</p>`
  })
  return `<section class="first"><h2>What an edit runs again</h2>${lines.join('\n')}</section>`
}

function renderRewrites(file: string, {rewrites}: DockerfileReport): string {
  const own = rewrites.filter((rewrite) => rewrite.file === file)
  const list =
    own.length === 0
      ? '<p class="empty">No rule found anything to improve</p>'
      : `<ul class="list">${own.map(renderRewrite).join('\n')}</ul>`
  return `<section><h2>${renderName(file)}</h2>${list}</section>`
}

function renderRewrite(rewrite: Rewrite): string {
  const {confidence, file, line, endLine, title, rule, proof, questions = [], blocker} = rewrite
  const [style, label] = LABELS[confidence]
  const gains = confidence === 'blocked' ? [] : explainRewriteEffects(rewrite)
  const lines = [
    ...gains.map((text) => `<div>${escapeHtml(text)}</div>`),
    ...proof.map(
      ({claim, evidence}) =>
        `<div>${escapeHtml(claim)}: <span class="muted">${escapeHtml(evidence)}</span></div>`,
    ),
    ...questions.map((question) => `<div>Open: ${escapeHtml(question)}</div>`),
    ...(blocker === undefined ? [] : [`<div>Blocked: ${escapeHtml(blocker)}</div>`]),
  ]
  const place = `${file}:${line}${line === endLine ? '' : `-${endLine}`}`
  return `<li><div><span class="badge ${style}">${label}</span></div><div><div class="name">${escapeHtml(title)}</div>${lines.join('')}<p>${renderName(place)} · ${escapeHtml(rule)}</p></div></li>`
}

function renderChanges(changes: readonly FileChange[]): string {
  const diffs = changes.map(({path, before, after}) => renderDiff(createUnifiedDiff(path, before, after)))
  return diffs.length === 0 ? '' : `<section><h2>The change</h2>${diffs.join('\n')}</section>`
}

function renderDiff(diff: string): string {
  return `<pre>${diff.trimEnd().split('\n').map(escapeHtml).join('\n')}</pre>`
}

function renderSnippet({snippet, rule, file, line}: Finding): string {
  if (snippet === undefined) return ''
  const lines = snippet.split('\n').map(escapeHtml).join('\n')
  return `<section><h2>${escapeHtml(rule)}</h2><p>${renderName(`${file}:${line}`)}</p><pre>${lines}</pre></section>`
}

function renderCheck({check}: DockerfileReport): string {
  if (check === null || check.status === 'done') return ''
  return `<section><p class="empty">${escapeHtml(explainCheck(check))}</p></section>`
}

function renderVerifications({verifications = []}: DockerfileReport): string {
  if (verifications.length === 0) return ''
  const items = verifications.map(({build, status, reason, comparedCount, differences}) => {
    const [style, text] =
      status === 'equal' ? ['pass', 'Equal'] : ['fail', status === 'failed' ? 'Failed' : 'Different']
    const lines = differences.map(
      ({path, kind, before, after}) =>
        `<div>${renderName(`/${path}`)} ${escapeHtml(describeDifference(kind, before, after))}</div>`,
    )
    const what = reason ?? `${comparedCount} paths compared`
    return `<li><div><span class="badge ${style}">${text}</span></div><div><div class="name">${renderName(build)}</div><div>${escapeHtml(what)}</div>${lines.join('')}</div></li>`
  })
  return `<section><h2>Verified by building</h2><ul class="list">${items.join('\n')}</ul></section>`
}
