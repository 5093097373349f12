import {formatThings} from '../../languages/text/amounts.js'
import type {ContextReport, Finding, Severity} from '../../report/context-report.js'
import type {Style} from '../terminal/style.js'
import {wrapText} from '../terminal/table.js'
import {writeMessage} from '../write-message.js'
import type {Page} from './page.js'

const INDENT = ' '.repeat(11)

/** More places of one thing are counted. */
const MAX_PLACES = 5

/** Renders the findings in the report's order, errors first. Findings beyond the limit are counted. */
export function renderFindings(
  {findings, plans}: Pick<ContextReport, 'findings' | 'plans'>,
  page: Page,
): string[] {
  if (findings.length === 0) return []
  const groups = groupAlike(findings, page)
  const shown = groups.length <= page.top + 1 ? groups : groups.slice(0, page.top)
  const lines = shown.flatMap(({first, others}, at) => [
    ...renderFinding(first, plans.length > 1, page),
    ...renderOthers(others, page),
    ...(hasSameFix(first, shown[at + 1]?.first) ? [] : renderFix(first, page)),
  ])
  const hidden = groups.slice(shown.length).flatMap(({first, others}) => [first, ...others])
  return [page.styles.bold('Problems'), ...lines, ...describeHidden(hidden)]
}

/** Findings that say the same of several places. */
interface Group {
  first: Finding
  others: Finding[]
}

function groupAlike(findings: readonly Finding[], page: Page): Group[] {
  const groups = new Map<string, Group>()
  for (const finding of findings) {
    const {severity, rule, fix, file} = finding
    const key = JSON.stringify([
      severity,
      rule,
      fix,
      writeMessage(finding, page.bytes),
      file === undefined ? groups.size : '',
    ])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, {first: finding, others: []})
    else group.others.push(finding)
  }
  return [...groups.values()]
}

/** Where else the same is the case. */
function renderOthers(others: readonly Finding[], page: Page): string[] {
  const places = [...new Set(others.map((one) => describePlace(one).trim()))]
  if (places.length === 0) return []
  const more = places.length - MAX_PLACES
  const named = more > 1 ? [...places.slice(0, MAX_PLACES), `${more} others`] : places
  return wrapText(`also: ${page.show(named.join(', '))}`, page.width - INDENT.length).map(
    (line) => `${INDENT}${line}`,
  )
}

function renderFinding(finding: Finding, isOfSeveral: boolean, page: Page): string[] {
  const {severity, rule, plan} = finding
  const {styles, show} = page
  const bySeverity: Record<Severity, Style> = {error: styles.red, warning: styles.yellow, info: styles.dim}
  // A build that has the name of its Dockerfile is not named twice.
  const whose = isOfSeveral && plan !== undefined && plan !== finding.file ? `${plan}: ` : ''
  const text = show(`${whose}${describePlace(finding)}${writeMessage(finding, page.bytes)}`)
  const tail = `(${rule})`
  const lines = wrapText(`${text} ${tail}`, page.width - INDENT.length)
  // The rule is one word, so it stands whole at the end of the last line.
  const last = lines.pop()!
  lines.push(last.slice(0, -tail.length) + styles.dim(tail))
  return lines.map((line, at) =>
    at === 0 ? `  ${bySeverity[severity](severity.padEnd(7))}  ${line}` : `${INDENT}${line}`,
  )
}

/** Of several findings in a row, a remedy stands below the last one. */
function hasSameFix({rule, fix}: Finding, next: Finding | undefined): boolean {
  return rule === next?.rule && fix === next.fix
}

function renderFix({fix}: Finding, page: Page): string[] {
  if (fix === undefined) return []
  return wrapText(`fix: ${page.show(fix)}`, page.width - INDENT.length).map((line) => `${INDENT}${line}`)
}

function describePlace({file, line}: Finding): string {
  if (file === undefined) return ''
  return line === undefined ? `${file} ` : `${file}:${line} `
}

function describeHidden(hidden: readonly Finding[]): string[] {
  if (hidden.length === 0) return []
  const count = (severity: Severity): number => hidden.filter((one) => one.severity === severity).length
  const [errors, warnings, infos] = [count('error'), count('warning'), count('info')]
  const parts = [
    ...(errors > 0 ? [formatThings(errors, 'error')] : []),
    ...(warnings > 0 ? [formatThings(warnings, 'warning')] : []),
    ...(infos > 0 ? [`${infos} info`] : []),
  ]
  return [`  and ${parts.join(', ')} more: --format json shows all`]
}
