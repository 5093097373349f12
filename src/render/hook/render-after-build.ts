import {formatBytes} from '../../languages/text/amounts.js'
import {quoteForShell} from '../../languages/text/quote.js'
import type {CheckedReport} from '../../measure/budget/check-budgets.js'
import {headlineOf} from '../../report/headline.js'

/** Names that are safe in a Go template, on a terminal and in a line of a shell. */
const PLAIN = /^[\p{L}\p{N} _@%+=:,./-]+$/u

/** Renders the answer to Docker's after-command hook; empty, which says nothing, unless much less would do. */
export function renderAfterBuild(
  {report, isWasteful}: CheckedReport,
  request: {contextDir: string; dockerfile?: string},
): string {
  if (!isWasteful) return ''
  const {before, after} = headlineOf(report)
  const lines = [
    `The build context sends ${formatBytes(before.transferBytes)}; after the suggestions ${formatBytes(after.transferBytes)}`,
  ]
  const words = [
    request.contextDir,
    ...(request.dockerfile === undefined ? [] : ['--file', request.dockerfile]),
  ]
  if (words.every((word) => PLAIN.test(word))) {
    const quoted = words.map((word) => (word.includes(' ') ? quoteForShell(word) : word)).join(' ')
    lines.push(`See the files: docker slimcheck context ${quoted}`)
  }
  return `${JSON.stringify({Type: 0, Template: lines.join('\n')})}\n`
}
