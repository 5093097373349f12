import {formatBytes, formatCount, formatShare} from '../../languages/text/amounts.js'
import type {ContextReport, LargestPath} from '../../report/context-report.js'
import {splitLargest} from '../split-largest.js'
import {escapeHtml} from './escape-html.js'
import {renderName} from './render-name.js'

const MAX_ROWS = 12

/** Renders the largest paths as a table: the treemap in words. */
export function renderLargest(report: ContextReport): string {
  if (report.largest.length === 0) return ''
  const {shown, rest, wholeBytes} = splitLargest(report, MAX_ROWS)
  const rows = shown.map((item) => renderRow(renderName(item.path), item, wholeBytes))
  if (rest !== null) {
    const label = `<span class="muted">${rest.label}</span>`
    rows.push(renderRow(label, {...rest, title: ''}, wholeBytes))
  }
  return `<section aria-labelledby="largest">
<h2 id="largest">Largest included paths</h2>
<div class="scroll"><table>
<thead><tr><th scope="col">Path</th><th scope="col" class="wide">What it is</th><th scope="col" class="number wide">Files</th><th scope="col" class="number">Transfer</th><th scope="col" class="number">Share</th><th class="bar" aria-hidden="true"></th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>
</section>`
}

type Figures = Pick<LargestPath, 'title' | 'fileCount' | 'transferBytes'>

function renderRow(name: string, {title, fileCount, transferBytes}: Figures, whole: number): string {
  const percent = whole > 0 ? (100 * transferBytes) / whole : 0
  return `<tr><td>${name}</td><td class="muted wide">${escapeHtml(title)}</td><td class="number wide">${formatCount(fileCount)}</td><td class="number">${formatBytes(transferBytes)}</td><td class="number">${escapeHtml(formatShare(transferBytes, whole))}</td><td class="bar" aria-hidden="true"><span style="width:${percent.toFixed(1)}%"></span></td></tr>`
}
