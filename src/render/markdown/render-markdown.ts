import {
  formatBytes,
  formatChange,
  formatCount,
  formatFiles,
  formatSeconds,
  formatThings,
} from '../../languages/text/amounts.js'
import type {Budget, ContextReport} from '../../report/context-report.js'
import {wholeOf} from '../../report/headline.js'
import {addSizes} from '../../report/sizes.js'
import {addContexts} from '../add-contexts.js'
import {explainBudget} from '../explain-budget.js'
import {toCode, toProse} from './escape-markdown.js'
import {fitSections} from './fit-sections.js'
import {listDetails} from './list-details.js'
import {createTable, writeSection} from './section.js'

export interface MarkdownOptions {
  /** Tells several comments on one pull request apart: part of the first line. */
  key?: string
  /** Default: true. A first line by which a later run finds its comment again. */
  hasMarker?: boolean
  /** Default: below the 65,536 that GitHub takes for a comment. */
  maxCharacters?: number
}

const MAX_COMMENT = 65_000
/** With names as long as this the part that is never left out stays small. */
const MAX_BUDGETS = 20
const MAX_NAME = 60

/** Renders a report as a comment for a pull request: the verdict first, details folded, never longer than allowed. */
export function renderMarkdown(report: ContextReport, options: MarkdownOptions = {}): string {
  const {key, hasMarker = true, maxCharacters = MAX_COMMENT} = options
  const parts = [
    ...(hasMarker ? [`${createMarker(key)}\n`] : []),
    `### Docker build context: ${describeVerdict(report)}\n`,
    ...writeBudgets(report),
    writeSizes(report),
  ]
  return fitSections(parts.join('\n'), listDetails(report), maxCharacters)
}

/** The line by which a comment is found again. @param key only letters, digits and `.`, `_`, `-` of it count */
function createMarker(key: string | undefined): string {
  const plain = key?.replace(/[^\w.-]+/g, '-').replace(/-{2,}/g, '-')
  return plain === undefined ? '<!-- slim-check -->' : `<!-- slim-check: ${plain} -->`
}

function describeVerdict({budgets, before, after, plans}: ContextReport): string {
  const failed = budgets.filter(({ok}) => !ok).length
  if (failed > 0) return `${failed} of ${budgets.length} budgets failed`
  const whose = plans.length > 1 ? ` for ${formatThings(plans.length, 'build')}` : ''
  const size = `${formatBytes(before.transferBytes)} in ${formatFiles(before.fileCount)}${whose}`
  const isLess = after.transferBytes < before.transferBytes
  const rest = isLess ? `, ${formatBytes(after.transferBytes)} after the suggestions` : ''
  return `${size}${rest}${budgets.length > 0 ? ', within budget' : ''}`
}

function writeBudgets(report: ContextReport): string[] {
  if (report.budgets.length === 0) return []
  const sorted = [...report.budgets.filter(({ok}) => !ok), ...report.budgets.filter(({ok}) => ok)]
  const shown = sorted.slice(0, MAX_BUDGETS)
  const rows = shown.map((budget) => {
    const {status, actual, limit, excess} = explainBudget(report, budget)
    return [
      budget.ok ? status : `**${status}**`,
      `\`${budget.name}\``,
      toCode(budget.plan, MAX_NAME),
      actual,
      limit,
      excess,
    ]
  })
  const table = createTable('budgets', ['', 'budget', 'build', '>actual', '>limit', ''], rows)
  const cures = shown.filter(({ok}) => !ok).map((budget) => describeCure(report, budget))
  const hidden = sorted.length - shown.length
  const more = hidden > 0 ? [`And ${formatCount(hidden)} more budgets.\n`] : []
  return [writeSection(table), ...(cures.length > 0 ? [`${cures.join('\n')}\n`] : []), ...more]
}

function describeCure(report: ContextReport, budget: Budget): string {
  const {growth, relief, relievedBy, nextStep} = explainBudget(report, budget)
  const paths = relievedBy.map(({path, amount}) => `${toCode(path, MAX_NAME)} (${amount})`)
  const says = [
    ...(growth === '' ? [] : [growth]),
    ...(paths.length > 0 ? [`${relief} ${paths.join(', ')}`] : []),
    toProse(nextStep),
  ]
  return `- \`${budget.name}\` of ${toCode(budget.plan, MAX_NAME)}: ${says.join('; ')}`
}

/** Now and after; named contexts included, as the time that a build waits includes them. */
function writeSizes(report: ContextReport): string {
  const {plans, rates = []} = report
  const {before, after} = wholeOf(report)
  const fresh = addSizes(plans.map((plan) => addContexts(plan).before))
  const rows = [
    ['now', before] as const,
    ...(isSame(before, after) ? [] : [['after the suggestions', after] as const]),
    ...(isSame(before, fresh) ? [] : [['each on a fresh builder', fresh] as const]),
  ]
  const change = formatChange(before.transferBytes, after.transferBytes)
  const table = createTable(
    'sizes',
    ['', '>transfer', '>files', '>every rebuild', ...rates.map(({label}) => `>at ${toProse(label)}`)],
    rows.map(([name, sizes]) => [
      sizes === after && change !== '' ? `${name}, **${change}**` : name,
      formatBytes(sizes.transferBytes),
      formatCount(sizes.fileCount),
      formatBytes(sizes.rebuildTransferBytes),
      ...rates.map(({bytesPerSecond}) => formatSeconds(sizes.transferBytes / bytesPerSecond)),
    ]),
  )
  return writeSection(table)
}

function isSame(one: {transferBytes: number}, other: {transferBytes: number}): boolean {
  return one.transferBytes === other.transferBytes
}
