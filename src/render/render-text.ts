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
import {createStyles, type Screen, type Style, type Styles} from './style.js'
import {type Cell, type Column, renderTable, shorten} from './table.js'

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
    if (plans.some(({dockerfile}) => dockerfile === null)) {
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
    const rows = shown.map((item) => this.largestRow(item, whole))
    const rest = largest.slice(shown.length)
    if (rest.length > 0) rows.push(this.largestRow(sumRest(rest), whole, this.styles.dim))
    const columns: Column[] = [
      {align: 'right'},
      {align: 'right'},
      {align: 'right'},
      {align: 'left'},
      {align: 'left'},
    ]
    if (this.hasBars()) columns.unshift({align: 'left'})
    if (!this.hasFileCounts()) columns.splice(-3, 1)
    return [this.styles.bold('Largest included paths'), ...renderTable(columns, rows)]
  }

  private largestRow(item: LargestPath, whole: number, style?: Style): Cell[] {
    const {width, hasUnicode} = this.options
    const cells: Cell[] = []
    if (this.hasBars()) {
      const bar = renderBar(item.transferBytes, whole, this.barWidth(), hasUnicode)
      cells.push({text: bar.padEnd(this.barWidth()), style: this.styles.cyan})
    }
    cells.push({text: this.bytes(item.transferBytes)}, {text: formatShare(item.transferBytes, whole)})
    if (this.hasFileCounts()) cells.push({text: formatFiles(item.fileCount), style: this.styles.dim})
    const used = 4 + cells.reduce((sum, {text}) => sum + Math.max(9, stringWidth(text)) + 2, 0)
    const room = Math.max(16, width - used - (item.title === '' ? 0 : stringWidth(item.title) + 2))
    const path = shorten(escapeForTerminal(item.path), room, hasUnicode ? '…' : '...')
    cells.push({text: path, ...(style && {style})}, {text: item.title, style: this.styles.dim})
    return cells
  }

  private hasBars(): boolean {
    return this.options.width >= NARROW
  }

  private hasFileCounts(): boolean {
    return this.options.width >= NARROW
  }

  private barWidth(): number {
    return this.options.width >= WIDE ? BAR_WIDTH : BAR_WIDTH / 2
  }

  private renderSuggestions(): string[] {
    const {suggestions} = this.report
    if (suggestions.length === 0) return []
    const rows = suggestions.map((suggestion) => this.suggestionRow(suggestion))
    const table = renderTable([{align: 'left'}, {align: 'left'}, {align: 'right'}, {align: 'left'}], rows)
    return [this.styles.bold('Suggested .dockerignore lines'), ...table]
  }

  private suggestionRow({pattern, confidence, reason, savedBytes}: Suggestion): Cell[] {
    const {green, yellow, dim} = this.styles
    const [mark, style] = {safe: ['+', green], review: ['?', yellow], blocked: ['x', dim]}[confidence] as [
      string,
      Style,
    ]
    return [
      {text: mark, style},
      {text: escapeForTerminal(pattern), style},
      {text: `saves ${this.bytes(savedBytes)}`},
      {text: escapeForTerminal(reason), style: dim},
    ]
  }

  private renderProblems(): string[] {
    const {findings} = this.report
    if (findings.length === 0) return []
    const rows = findings.map((finding) => this.findingRow(finding))
    return [this.styles.bold('Problems'), ...renderTable([{align: 'left'}, {align: 'left'}], rows)]
  }

  private findingRow({severity, message, file, line}: Finding): Cell[] {
    const styles: Record<Severity, Style> = {
      error: this.styles.red,
      warning: this.styles.yellow,
      info: this.styles.dim,
    }
    const place =
      file === undefined ? '' : `${escapeForTerminal(file)}${line === undefined ? '' : `:${line}`} `
    return [{text: severity, style: styles[severity]}, {text: `${place}${escapeForTerminal(message)}`}]
  }

  private bytes(bytes: number): string {
    return formatBytes(bytes, this.options.isExact)
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
