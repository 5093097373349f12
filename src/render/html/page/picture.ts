import {formatFiles} from '../../../languages/text/amounts.js'
import {layoutTreemap, type Tile, TREEMAP} from '../layout-treemap.js'
import {createSvg} from './elements.js'
import type {SizeTree, ViewFigures} from './size-tree.js'

/** Pixels that a column of text takes at the size of the labels, on the safe side. */
const COLUMN_WIDTH = 6.4
/** A shorter piece of a name tells nothing. */
const MIN_COLUMNS = 7

/** One of the pictures of the tree: draws a branch of it as the page was rendered. */
export class Picture {
  readonly figures: ViewFigures
  private readonly rects = new Map<number, SVGRectElement>()
  private readonly caption: HTMLElement

  constructor(
    readonly svg: SVGSVGElement,
    private readonly tree: SizeTree,
  ) {
    this.figures = tree.figures(svg.dataset.view === 'after')
    this.caption = svg.closest('figure')!.querySelector('figcaption span')!
  }

  /** Draws the branch below a node. @param current the node that the keyboard reaches, if it is drawn; else the first one */
  draw(top: number, current: number): void {
    const {svg, rects, figures} = this
    const width = Math.max(200, Math.round(svg.clientWidth))
    const height = Math.max(150, Math.round(svg.clientHeight))
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    const shape = {
      childrenOf: (node: number) => this.tree.childrenOf(node),
      bytesOf: (node: number) => figures.bytes[node]!,
      kindOf: (node: number) => this.tree.kindOf(node),
    }
    const tiles = layoutTreemap(top, shape, width, height)
    rects.clear()
    for (const tile of tiles) rects.set(tile.node, this.createRect(tile))
    const labels = tiles.flatMap((tile) => this.createLabels(tile))
    if (tiles.length === 0) labels.push(this.createNotice(width, height))
    this.replaceGroups(
      [...rects.values()],
      tiles.flatMap((tile) => this.createHatching(tile)),
      labels,
    )
    const scale = figures.isAfter && tiles.length > 0 ? ', drawn to fill the frame' : ''
    this.caption.textContent = `${figures.sizes[top]}, ${formatFiles(figures.files[top]!)}${scale}`
    this.setFocusable(rects.get(current) ?? rects.values().next().value)
  }

  /** The first of some nodes that is drawn; -1 for none. */
  findDrawn(nodes: readonly number[]): number {
    return nodes.find((node) => this.rects.has(node)) ?? -1
  }

  /** The drawn nodes beside a node and itself, in the order of their size. */
  rowOf(node: number): number[] {
    const {bytes} = this.figures
    const row = this.tree.childrenOf(this.tree.parentOf(node)).filter((child) => this.rects.has(child))
    return row.toSorted((one, other) => bytes[other]! - bytes[one]!)
  }

  /** Where a node is drawn; null if it is not. */
  boxOf(node: number): DOMRect | null {
    const rect = this.rects.get(node)
    if (rect === undefined) return null
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)))
    return new DOMRect(x, y, width, height)
  }

  /** Takes the mark off one node and puts it on another, where they are drawn. */
  moveMark(from: number, to: number): void {
    this.rects.get(from)?.classList.remove('on')
    this.rects.get(to)?.classList.add('on')
  }

  /** Moves the keyboard to a node, if it is drawn. */
  focus(node: number): void {
    const rect = this.rects.get(node)
    if (rect === undefined) return
    for (const other of this.rects.values()) other.setAttribute('tabindex', '-1')
    this.setFocusable(rect)
    // The types do not have the option yet.
    rect.focus({focusVisible: true} as FocusOptions)
  }

  private setFocusable(rect: SVGRectElement | undefined): void {
    rect?.setAttribute('tabindex', '0')
  }

  private replaceGroups(rects: SVGElement[], hatching: SVGElement[], labels: SVGElement[]): void {
    for (const old of this.svg.querySelectorAll('g')) old.remove()
    for (const [name, parts] of Object.entries({tiles: rects, hatching, labels})) {
      const group = createSvg('g', {class: name})
      group.append(...parts)
      this.svg.append(group)
    }
  }

  private createRect({node, x, y, width, height, isFrame}: Tile<number>): SVGRectElement {
    return createSvg('rect', {
      class: `${this.tree.colourOf(node)}${isFrame ? ' frame' : ''}`,
      x,
      y,
      width,
      height,
      'data-node': node,
      tabindex: -1,
      role: 'button',
      'aria-label': this.tree.describe(node, this.figures).join(', '),
    })
  }

  /** Hatches the part of the tile that leaves, from the bottom. */
  private createHatching({node, x, y, width, height, isFrame}: Tile<number>): SVGElement[] {
    const {bytes, leavingBytes} = this.tree.data
    if (this.figures.isAfter || isFrame || leavingBytes[node] === 0) return []
    const part = Math.max(1, Math.round((height * leavingBytes[node]!) / bytes[node]!))
    return [createSvg('rect', {x, y: y + height - part, width, height: part})]
  }

  private createLabels({node, x, y, width, height, isFrame, hasHeader}: Tile<number>): SVGElement[] {
    const name = this.tree.nameOf(node)
    const columns = Math.floor((width - 8) / COLUMN_WIDTH)
    if ((isFrame && !hasHeader) || height < 15 || columns < Math.min(MIN_COLUMNS, countColumns(name)))
      return []
    const bytes = this.figures.sizes[node]!
    const place = {class: isFrame ? 'head' : this.tree.colourOf(node), x: x + 4}
    const label = createSvg(
      'text',
      {...place, y: y + (isFrame ? TREEMAP.header - 5 : 13)},
      shorten(name, columns),
    )
    const size = createSvg('tspan', {class: 'size', ...(isFrame && {dx: 6})}, bytes)
    if (isFrame) {
      if (countColumns(name) + 2 + bytes.length <= columns) label.append(size)
      return [label]
    }
    if (height < 32 || bytes.length > columns) return [label]
    const second = createSvg('text', {...place, y: y + 27})
    second.append(size)
    return [label, second]
  }

  private createNotice(width: number, height: number): SVGElement {
    const text = this.figures.isAfter ? 'Nothing of it is sent any more' : 'Nothing'
    return createSvg('text', {class: 'none', x: width / 2, y: height / 2}, text)
  }
}

function countColumns(text: string): number {
  let columns = 0
  for (const character of text) columns += character.codePointAt(0)! >= 0x1100 ? 2 : 1
  return columns
}

/** Cuts the middle out of a text that is too long. */
function shorten(text: string, columns: number): string {
  if (countColumns(text) <= columns) return text
  const characters = [...text]
  let [head, tail] = ['', '']
  while (characters.length > 0 && countColumns(head + tail) < columns - 2) {
    if (head.length * 2 <= tail.length) head += characters.shift()!
    else tail = characters.pop()! + tail
  }
  return `${head}…${tail}`
}
