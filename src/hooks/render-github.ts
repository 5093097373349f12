import {formatBytes, formatFiles} from '../render/bytes.js'
import type {Judgement} from './judge-report.js'

/** Renders a judgement as GitHub's annotations, one command of the workflow a line. */
export function renderAnnotations({report, violations, isWasteful}: Judgement): string {
  const lines = report.findings
    .filter(({severity}) => severity !== 'info')
    .map(({severity, message, file, line}) => {
      const place =
        file === undefined ? '' : ` file=${escapeProperty(file)}${line === undefined ? '' : `,line=${line}`}`
      return `::${severity}${place}::${escapeData(message)}`
    })
  for (const {name, plan, limit, actual} of violations) {
    lines.push(`::error::${escapeData(`${plan}: ${name} is ${actual}, over the budget of ${limit}`)}`)
  }
  if (isWasteful) lines.push(`::warning::${escapeData(describe(report))}`)
  return lines.map((line) => `${line}\n`).join('')
}

/** Renders a judgement as Markdown for the summary of a job. */
export function renderSummary({report, violations}: Judgement): string {
  const rows = report.largest
    .slice(0, 10)
    .map(
      ({path, fileCount, transferBytes}) =>
        `| ${escapeCell(path)} | ${fileCount} | ${formatBytes(transferBytes)} |`,
    )
  const table = rows.length === 0 ? [] : ['', '| path | files | transfer |', '| --- | ---: | ---: |', ...rows]
  const budgets = violations.map(({name, limit, actual}) => `- **${name}**: ${actual} is over ${limit}`)
  return [
    '### Docker build context',
    '',
    describe(report),
    ...table,
    ...(budgets.length > 0 ? ['', ...budgets] : []),
    '',
  ].join('\n')
}

function describe({before, after}: Judgement['report']): string {
  const size = `${formatBytes(before.transferBytes)} in ${formatFiles(before.fileCount)} to transfer`
  return after.transferBytes < before.transferBytes
    ? `${size}, ${formatBytes(after.transferBytes)} would do`
    : size
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** A file's name as code that can end neither the cell nor itself. */
function escapeCell(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}]/gu, '�')
    .replace(/[&<>|`\\]/g, (found) => `&#${found.codePointAt(0)};`)
  return `<code>${plain}</code>`
}
