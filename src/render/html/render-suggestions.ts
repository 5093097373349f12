import {formatBytes, formatCount, formatFiles} from '../../languages/text/amounts.js'
import type {Confidence, ContextReport, Suggestion} from '../../report/context-report.js'
import {explainSplit} from '../explain-split.js'
import {describeSaving, writeAmount} from '../saving-words.js'
import {escapeHtml, renderName} from './escape-html.js'

const MAX_ROWS = 200
const MAX_PATHS = 3
const IGNORE_FILE = '.dockerignore'
const LABELS: Record<Confidence, string> = {safe: 'Safe', review: 'Review', blocked: 'Blocked'}

/** Renders the suggested lines by ignore file: why each may go, what it saves, and the block to copy. */
export function renderSuggestions(
  report: Pick<ContextReport, 'suggestions' | 'plans' | 'splits'>,
  isAccepted: (confidence: Confidence) => boolean,
): string {
  const groups = groupByFile(report)
  const content =
    groups.size === 0
      ? '<p class="empty">There is nothing to suggest: nothing that is sent is known to be unneeded.</p>'
      : [...groups]
          .map(([file, lines], at) => {
            const heading = groups.size > 1 ? `<h3 class="group">${renderName(file)}</h3>\n` : ''
            return heading + renderGroup(file, lines, isAccepted, at)
          })
          .join('\n')
  return `<section aria-labelledby="suggestions">
<h2 id="suggestions">Suggested ignore lines</h2>
${content}${renderSplits(report)}
</section>`
}

/** The ignore files of their own that would help. */
function renderSplits({splits = []}: Pick<ContextReport, 'splits'>): string {
  if (splits.length === 0) return ''
  const rows = splits.map((split) => {
    const {confidence, ownFiles, savedBytes} = split
    const files = ownFiles.map(({ignoreFile}) => renderName(ignoreFile)).join(', ')
    const why = `<p>${escapeHtml(explainSplit(split))}</p>`
    return `<li>${renderBadge(confidence)}<div><div class="name">${files}</div>${why}</div><div class="number"><span class="muted">saves</span> ${formatBytes(savedBytes)}<small>each build on a fresh builder</small></div></li>`
  })
  return `
<h3 class="group">An ignore file of its own would help</h3>
<ul class="list">${rows.join('\n')}</ul>`
}

function renderBadge(confidence: Confidence): string {
  return `<div><span class="badge ${confidence}">${LABELS[confidence]}</span></div>`
}

function groupByFile({
  suggestions,
  plans,
}: Pick<ContextReport, 'suggestions' | 'plans'>): Map<string, Suggestion[]> {
  const groups = new Map<string, Suggestion[]>()
  for (const suggestion of suggestions as readonly Suggestion[]) {
    const file = suggestion.ignoreFile ?? plans[0]?.ignoreFile ?? IGNORE_FILE
    const group = groups.get(file)
    if (group) group.push(suggestion)
    else groups.set(file, [suggestion])
  }
  return groups
}

function renderGroup(
  file: string,
  suggestions: readonly Suggestion[],
  isAccepted: (confidence: Confidence) => boolean,
  number: number,
): string {
  const rows = suggestions.slice(0, MAX_ROWS).map(renderSuggestion).join('\n')
  const hidden = suggestions.length - MAX_ROWS
  const more =
    hidden > 0 ? `\n<p class="empty">And ${formatCount(hidden)} more: the JSON report has them all.</p>` : ''
  const accepted = suggestions.filter(({confidence}) => isAccepted(confidence))
  return `<ul class="list">${rows}</ul>${more}${renderBlock(file, accepted, `lines-${number}`)}`
}

function renderSuggestion(suggestion: Suggestion): string {
  const {pattern, confidence, reason, fileCount} = suggestion
  const words = describeSaving(suggestion)
  const saving = words && `<span class="muted">${words.verb}</span> ${writeAmount(words, formatBytes)}`
  return `<li>${renderBadge(confidence)}<div><div class="name">${renderName(pattern)}</div><p>${escapeHtml(reason)}${renderNeed(suggestion)}</p>${renderPaths(suggestion)}</div><div class="number">${saving ?? ''}<small>${formatFiles(fileCount)}</small></div></li>`
}

function renderNeed({blockedBy = [], wantedBy = []}: Suggestion): string {
  const names = (blockedBy.length > 0 ? blockedBy : wantedBy).map(renderName).join(', ')
  if (names === '') return ''
  return ` (${blockedBy.length > 0 ? 'needed' : 'probably needed'} by ${names})`
}

/** The paths, unless the pattern already names them. */
function renderPaths({pattern, paths}: Suggestion): string {
  if (paths.length === 0 || (paths.length === 1 && paths[0] === pattern.replace(/^\//, ''))) return ''
  const shown = paths.slice(0, MAX_PATHS).map(renderName)
  const hidden = paths.length - shown.length
  return `<p>${shown.join(', ')}${hidden > 0 ? ` and ${formatCount(hidden)} more` : ''}</p>`
}

function renderBlock(file: string, accepted: readonly Suggestion[], id: string): string {
  if (accepted.length === 0) return ''
  const lines = accepted.map(({pattern}) => escapeHtml(pattern)).join('\n')
  return `
<div class="lines"><p>Lines for ${renderName(file)}; <code>--write</code> puts them in their place</p><button type="button" data-copy="${id}" hidden>Copy</button><pre id="${id}">${lines}</pre></div>`
}
