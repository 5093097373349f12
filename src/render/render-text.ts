import stringWidth from 'string-width'
import type {
  ContextReport,
  Finding,
  LargestPath,
  PlanReport,
  Severity,
  Suggestion,
} from '../report/context-report.js'
import type {Sizes} from '../transfer/predict-transfer.js'
import {renderBar} from './bars.js'
import {formatBytes, formatCount, formatFiles, formatShare} from './bytes.js'
import {escapeForTerminal} from './escape.js'
import {renderSplits} from './render-splits.js'
import {createStyles, type Screen, type Style, type Styles} from './style.js'
import {type Cell, type Column, measureColumns, renderTable, shorten, wrapText} from './table.js'

export interface TextOptions extends Screen {
  /** How many of the largest paths are shown. */
  top: number
  /** Every byte instead of three digits. */
  isExact: boolean
}

/** Renders a report for a terminal or a pipe: the summary first, one idea a line. Ends in a newline. */
export function renderText(report: ContextReport, options: TextOptions): string {
  return new TextReport(report, options).render()
}

const BAR_WIDTH = 20
const WIDE = 100
const NARROW = 70
const MIN_PATH_WIDTH = 16

class TextReport {
  private readonly styles: Styles
  private readonly arrow: string

  constructor(
    private readonly report: ContextReport,
    private readonly options: TextOptions,
  ) {
    this.styles = createStyles(options.hasColor)
    this.arrow = options.hasUnicode ? '→' : '->'
  }

  render(): string {
    const sections = [
      this.renderHeader(),
      this.renderSummary(),
      this.renderLargest(),
      this.renderSuggestions(),
      renderSplits(this.report.splits ?? [], this.styles, this.options),
      this.renderProblems(),
    ]
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n')}\n`
  }

  private renderHeader(): string[] {
    return this.report.plans.map((plan) => {
      const parts = [`${this.styles.bold('Context')} ${escapeForTerminal(plan.context)}`]
      parts.push(plan.dockerfile === null ? 'no Dockerfile' : this.describeDockerfile(plan))
      parts.push(plan.ignoreFile === null ? 'no ignore file' : escapeForTerminal(plan.ignoreFile))
      return parts.join('   ')
    })
  }

  private describeDockerfile({dockerfile, target}: PlanReport): string {
    const file = escapeForTerminal(dockerfile ?? '')
    return target === null ? file : `${file} ${this.arrow} ${escapeForTerminal(target)}`
  }

  private renderSummary(): string[] {
    const {plans, before, after} = this.report
    if (plans.every(({usesContext}) => !usesContext)) {
      return ['  This Dockerfile uses nothing from the context: Docker will transfer nothing.']
    }
    const rows = [this.summaryRow('Docker will transfer', before, this.styles.bold)]
    for (const plan of plans) rows.push(...this.namedContextRows(plan))
    if (after.transferBytes !== before.transferBytes) rows.push(this.afterRow(before, after))
    const kept = this.notAskedFor()
    if (kept.entryCount > 0) {
      rows.push([
        {text: 'eligible, not asked for'},
        {text: this.bytes(kept.transferBytes)},
        {text: formatFiles(kept.fileCount)},
      ])
    }
    const lines = renderTable([{align: 'left'}, {align: 'right'}, {align: 'right'}, {align: 'left'}], rows)
    if (plans.some(({dockerfile, context}) => dockerfile === null && context !== '-')) {
      lines.push('', '  There is no Dockerfile: these are the sizes of COPY . .')
    }
    return lines
  }

  private summaryRow(label: string, sizes: Sizes, style?: Style): Cell[] {
    const emphasis = style && {style}
    return [
      {text: label, ...emphasis},
      {text: this.bytes(sizes.transferBytes), ...emphasis},
      {text: formatFiles(sizes.fileCount)},
      {text: `every rebuild ${this.bytes(sizes.rebuildTransferBytes)}`, style: this.styles.dim},
    ]
  }

  private namedContextRows({namedContexts}: PlanReport): Cell[][] {
    return namedContexts
      .filter(({usesContext}) => usesContext)
      .map(({name, before}) => this.summaryRow(`and from context ${escapeForTerminal(name)}`, before))
  }

  private afterRow(before: Sizes, after: Sizes): Cell[] {
    const less = (100 * (before.transferBytes - after.transferBytes)) / before.transferBytes
    return [
      {text: 'after the suggestions', style: this.styles.green},
      {text: this.bytes(after.transferBytes), style: this.styles.green},
      {text: formatFiles(after.fileCount)},
      {text: `${less.toFixed(1)} % less`, style: this.styles.green},
    ]
  }

  /** What the ignore files leave and no Dockerfile asks for, summed over plans. */
  private notAskedFor(): {entryCount: number; fileCount: number; transferBytes: number} {
    const kept = {entryCount: 0, fileCount: 0, transferBytes: 0}
    for (const {eligible, before} of this.report.plans) {
      kept.entryCount += eligible.entryCount - before.entryCount
      kept.fileCount += eligible.fileCount - before.fileCount
      kept.transferBytes += eligible.transferBytes - before.transferBytes
    }
    return kept
  }

  private renderLargest(): string[] {
    const {largest} = this.report
    if (largest.length === 0) return []
    const whole = largest.reduce((sum, {transferBytes}) => sum + transferBytes, 0)
    const shown = largest.length <= this.options.top + 1 ? largest : largest.slice(0, this.options.top)
    const rest = largest.slice(shown.length)
    const items = rest.length > 0 ? [...shown, sumRest(rest)] : shown
    const figures = items.map((item) => this.largestFigures(item, whole))
    const titleWidth = Math.max(...items.map(({title}) => stringWidth(title)))
    const used = 2 + measureColumns(figures).reduce((sum, width) => sum + width + 2, 0)
    const room = Math.max(MIN_PATH_WIDTH, this.options.width - used - (titleWidth > 0 ? titleWidth + 2 : 0))
    const rows = items.map((item, at) => [...figures[at]!, ...this.largestNames(item, room)])
    const columns: Column[] = [{align: 'right'}, {align: 'right'}]
    if (this.isWide()) columns.unshift({align: 'left'})
    if (this.isWide()) columns.push({align: 'right'})
    return [this.styles.bold('Largest included paths'), ...renderTable(columns, rows)]
  }

  private largestFigures(item: LargestPath, whole: number): Cell[] {
    const figures: Cell[] = [
      {text: this.bytes(item.transferBytes)},
      {text: formatShare(item.transferBytes, whole)},
    ]
    if (!this.isWide()) return figures
    const barWidth = this.options.width >= WIDE ? BAR_WIDTH : BAR_WIDTH / 2
    const bar = renderBar(item.transferBytes, whole, barWidth, this.options.hasUnicode)
    const files = formatFiles(item.fileCount)
    return [
      {text: bar.padEnd(barWidth), style: this.styles.cyan},
      ...figures,
      {text: files, style: this.styles.dim},
    ]
  }

  private largestNames({path, title}: LargestPath, room: number): Cell[] {
    const name = shorten(escapeForTerminal(path), room, this.options.hasUnicode ? '…' : '...')
    return [{text: name}, {text: title, style: this.styles.dim}]
  }

  /** Room for bars and file counts. */
  private isWide(): boolean {
    return this.options.width >= NARROW
  }

  private renderSuggestions(): string[] {
    const {suggestions} = this.report
    if (suggestions.length === 0) return []
    const shown = [...limitReviews(suggestions, this.options.top)]
    const table = renderTable(
      [{align: 'left'}, {align: 'left'}, {align: 'right'}],
      shown.map((suggestion) => this.suggestionRow(suggestion)),
    )
    const lines = shown.flatMap(({reason}, at) => this.appendReason(table[at]!, escapeForTerminal(reason)))
    const hidden = suggestions.length - shown.length
    if (hidden > 0)
      lines.push(
        `     and ${formatCount(hidden)} smaller ones to review: --top ${suggestions.length} shows them`,
      )
    return [this.styles.bold('Suggested .dockerignore lines'), ...lines, ...this.renderNextStep()]
  }

  private renderNextStep(): string[] {
    const isSafe = this.report.suggestions.some(({confidence}) => confidence === 'safe')
    return isSafe ? ['', '  Run again with --write to apply the + lines, --diff to see the change.'] : []
  }

  private suggestionRow({pattern, confidence, savedBytes}: Suggestion): Cell[] {
    const {green, yellow, dim} = this.styles
    const [mark, style] = {safe: ['+', green], review: ['?', yellow], blocked: ['x', dim]}[confidence] as [
      string,
      Style,
    ]
    return [
      {text: mark, style},
      {text: escapeForTerminal(pattern), style},
      {text: `saves ${this.bytes(savedBytes)}`},
    ]
  }

  /** Behind the line where it fits, else below it. */
  private appendReason(line: string, reason: string): string[] {
    const width = stringWidth(line)
    if (width + 2 + stringWidth(reason) <= this.options.width) return [`${line}  ${this.styles.dim(reason)}`]
    return [line, ...wrapText(reason, this.options.width - 5).map((part) => `     ${this.styles.dim(part)}`)]
  }

  private renderProblems(): string[] {
    const {findings} = this.report
    if (findings.length === 0) return []
    const lines = findings.flatMap((finding) => this.renderFinding(finding))
    return [this.styles.bold('Problems'), ...lines]
  }

  private renderFinding({severity, message, file, line}: Finding): string[] {
    const styles: Record<Severity, Style> = {
      error: this.styles.red,
      warning: this.styles.yellow,
      info: this.styles.dim,
    }
    const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`} `
    const [first = '', ...others] = wrapText(escapeForTerminal(`${place}${message}`), this.options.width - 11)
    return [
      `  ${styles[severity](severity.padEnd(7))}  ${first}`,
      ...others.map((part) => `${' '.repeat(11)}${part}`),
    ]
  }

  private bytes(bytes: number): string {
    return formatBytes(bytes, this.options.isExact)
  }
}

/** All that is safe or blocked, and the largest of what needs a review. */
function* limitReviews(suggestions: readonly Suggestion[], top: number): Generator<Suggestion> {
  let reviews = 0
  for (const suggestion of suggestions) {
    if (suggestion.confidence !== 'review' || reviews++ < top) yield suggestion
  }
}

function sumRest(rest: readonly LargestPath[]): LargestPath {
  const sum = {
    path: `${formatCount(rest.length)} more`,
    kind: 'other',
    title: '',
    fileCount: 0,
    fileBytes: 0,
    transferBytes: 0,
  }
  for (const {fileCount, fileBytes, transferBytes} of rest) {
    sum.fileCount += fileCount
    sum.fileBytes += fileBytes
    sum.transferBytes += transferBytes
  }
  return sum
}
