import {formatBytes, formatCount, formatFiles, formatShare} from '../../languages/text/amounts.js'
import {type OutlineNode, type OutlineOptions, outlineSizeTree} from '../../measure/figures/size-outline.js'
import type {SizeNode} from '../../report/size-node.js'
import {renderBar} from '../terminal/bars.js'
import {escapeForTerminal} from '../terminal/escape.js'
import {measureWidth} from '../terminal/measure-width.js'
import {createStyles, type Screen, type Styles} from '../terminal/style.js'
import {type Cell, type Column, measureColumns, renderTable, shorten} from '../terminal/table.js'

export interface TreeOptions extends Screen, OutlineOptions {
  /** Every byte instead of three digits. */
  isExact: boolean
  /** The texts for an empty tree, and for what leaves. */
  words?: {nothing: string; leaves: string}
}

const TRANSFER = {nothing: 'Nothing is transferred.', leaves: 'would leave'}

/** Renders a size tree for a terminal or a pipe: size, share and bar before each branch. Ends in a newline. */
export function renderTree(tree: SizeNode, options: TreeOptions): string {
  if (tree.transferBytes === 0) return `  ${(options.words ?? TRANSFER).nothing}\n`
  const lines = listLines(outlineSizeTree(tree, options), options.hasUnicode)
  return `${new TreeTable(tree, lines, options).render().join('\n')}\n`
}

interface TreeLine {
  outline: OutlineNode
  /** Guides as drawn. */
  guides: string
  /** All above it would leave, too. */
  isInLeaving: boolean
}

interface Guides {
  branch: string
  last: string
  pipe: string
  blank: string
}

const UNICODE_GUIDES: Guides = {branch: '├─ ', last: '└─ ', pipe: '│  ', blank: '   '}
const ASCII_GUIDES: Guides = {branch: '|- ', last: '`- ', pipe: '|  ', blank: '   '}

/** From this width on there is room for bars, for long ones, for file counts. */
const BAR_FROM = 70
const LONG_BAR_FROM = 110
const FILES_FROM = 120
const MIN_NAME_WIDTH = 28

function listLines(root: OutlineNode, hasUnicode: boolean): TreeLine[] {
  const guides = hasUnicode ? UNICODE_GUIDES : ASCII_GUIDES
  const lines: TreeLine[] = []
  const add = (outline: OutlineNode, drawn: string, below: string, isInLeaving: boolean): void => {
    lines.push({outline, guides: drawn, isInLeaving})
    for (const [at, child] of outline.children.entries()) {
      const isLast = at === outline.children.length - 1
      const guide = isLast ? guides.last : guides.branch
      add(child, below + guide, below + (isLast ? guides.blank : guides.pipe), isLeaving(outline.node))
    }
  }
  add(root, '', '', false)
  return lines
}

function isLeaving({leavingBytes, transferBytes}: SizeNode): boolean {
  return leavingBytes > 0 && leavingBytes === transferBytes
}

class TreeTable {
  private readonly styles: Styles

  constructor(
    private readonly tree: SizeNode,
    private readonly lines: readonly TreeLine[],
    private readonly options: TreeOptions,
  ) {
    this.styles = createStyles(options.hasColor)
  }

  render(): string[] {
    const figures = this.lines.map(({outline}) => this.figuresOf(outline.node))
    const notes = this.lines.map((line) => this.notesOf(line))
    const figuresWidth = measureColumns(figures).reduce((sum, width) => sum + width + 2, 2)
    const noteWidths = measureColumns(notes).map((width) => (width === 0 ? 0 : width + 2))
    let room = this.options.width - figuresWidth
    let noteCount = 0
    for (const width of noteWidths) {
      if (room - width < MIN_NAME_WIDTH) break
      room -= width
      noteCount++
    }
    const rows = this.lines.map((line, at): Cell[] => [
      ...figures[at]!,
      this.nameOf(line, Math.max(MIN_NAME_WIDTH / 2, room)),
      ...notes[at]!.slice(0, noteCount),
    ])
    return renderTable(this.columns(), rows)
  }

  private columns(): Column[] {
    const figures: Column[] = [{align: 'right'}, {align: 'right'}]
    if (this.options.width >= BAR_FROM) figures.push({align: 'left'})
    if (this.options.width >= FILES_FROM) figures.push({align: 'right'})
    return figures
  }

  private figuresOf(node: SizeNode): Cell[] {
    const {width, hasUnicode, isExact} = this.options
    const whole = this.tree.transferBytes
    const cells: Cell[] = [
      {text: formatBytes(node.transferBytes, isExact)},
      {text: formatShare(node.transferBytes, whole)},
    ]
    if (width >= BAR_FROM) {
      const barWidth = width >= LONG_BAR_FROM ? 20 : 10
      const bar = renderBar(node.transferBytes, whole, barWidth, hasUnicode)
      cells.push({text: bar.padEnd(barWidth), style: this.styles.cyan})
    }
    if (width >= FILES_FROM) cells.push({text: formatFiles(node.fileCount), style: this.styles.dim})
    return cells
  }

  private nameOf({outline, guides}: TreeLine, room: number): Cell {
    const {name, node, isDirectory} = outline
    const {dim, bold} = this.styles
    const shown = node.isRest
      ? `${formatCount(node.restCount ?? 0)} more`
      : `${escapeForTerminal(name) || '.'}${isDirectory && name !== '' ? '/' : ''}`
    const width = Math.max(8, room - measureWidth(guides))
    const fitted = shorten(shown, width, this.options.hasUnicode ? '…' : '...')
    return {
      text: guides + fitted,
      style: () =>
        dim(guides) + (node.isRest ? dim(fitted) : outline.children.length > 0 ? bold(fitted) : fitted),
    }
  }

  /** The kind of the branch, and whether the suggestions remove it: shown once, where it begins. */
  private notesOf({outline, isInLeaving}: TreeLine): Cell[] {
    const {leavingBytes} = outline.node
    const title: Cell = {text: outline.title, style: this.styles.dim}
    if (leavingBytes === 0 || isInLeaving) return [title, {text: ''}]
    const bytes = formatBytes(leavingBytes, this.options.isExact)
    const {leaves} = this.options.words ?? TRANSFER
    const text = isLeaving(outline.node) ? leaves : `${bytes} ${leaves}`
    return [title, {text, style: this.styles.green}]
  }
}
