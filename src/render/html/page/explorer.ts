import {formatCount} from '../../../languages/text/amounts.js'
import {byId, createText} from './elements.js'
import {Picture} from './picture.js'
import type {SizeTree} from './size-tree.js'

/** No node. */
const NONE = -1

type KeyAction = (picture: Picture, node: number) => void

/** Opens and leaves branches of the tree in all pictures at once, with the pointer and the keyboard. */
export class Explorer {
  private readonly pictures: readonly Picture[]
  private readonly facts = byId('facts')
  private readonly idleText = this.facts.textContent
  /** The node whose branch is drawn. */
  private top = 0
  /** The node that is pointed at. */
  private current = NONE

  private readonly keys: Readonly<Record<string, KeyAction>> = {
    ArrowRight: (picture, node) => picture.focus(this.neighbourOf(picture, node, 1)),
    ArrowLeft: (picture, node) => picture.focus(this.neighbourOf(picture, node, -1)),
    ArrowDown: (picture, node) => picture.focus(picture.findDrawn(this.tree.children[node] ?? [])),
    ArrowUp: (picture, node) => picture.focus(this.tree.data.parents[node] ?? NONE),
    Enter: (picture, node) => this.openFrom(picture, node),
    ' ': (picture, node) => this.openFrom(picture, node),
    Escape: (picture) => this.show(this.tree.parentOf(this.top), picture),
    Backspace: (picture) => this.show(this.tree.parentOf(this.top), picture),
    Home: (picture) => this.show(0, picture),
  }

  constructor(private readonly tree: SizeTree) {
    const svgs = document.querySelectorAll<SVGSVGElement>('svg[data-view]')
    this.pictures = [...svgs].map((svg) => new Picture(svg, tree))
  }

  start(): void {
    for (const picture of this.pictures) {
      this.listen(picture)
      this.drawAsSized(picture)
    }
    this.showCrumbs()
    document.documentElement.classList.add('live')
  }

  private listen(picture: Picture): void {
    const {svg} = picture
    svg.setAttribute('role', 'group')
    svg.addEventListener('pointermove', (event) => {
      if (nodeAt(event) !== this.current) this.point(nodeAt(event), picture)
    })
    svg.addEventListener('pointerleave', () => this.point(NONE, picture))
    // Not on the picture itself: an SVG that listens for focus takes it.
    svg.parentElement!.addEventListener('focusin', (event) => this.point(nodeAt(event), picture))
    svg.parentElement!.addEventListener('focusout', () => this.point(NONE, picture))
    svg.addEventListener('click', (event) => {
      if (nodeAt(event) !== NONE) this.open(nodeAt(event))
    })
    svg.addEventListener('keydown', (event) => this.pressKey(event, picture))
  }

  private pressKey(event: KeyboardEvent, picture: Picture): void {
    const act = this.keys[event.key]
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    if (this.top === 0 && (event.key === 'Escape' || event.key === 'Backspace')) return
    event.preventDefault()
    act(picture, nodeAt(event))
  }

  /** Draws the picture, and draws it again each time that its size changes. */
  private drawAsSized(picture: Picture): void {
    const {svg} = picture
    let drawn = ''
    new ResizeObserver(() => {
      const size = `${svg.clientWidth} ${svg.clientHeight}`
      if (size !== drawn && svg.clientWidth > 0) picture.draw(this.top, this.current)
      drawn = size
    }).observe(svg)
    picture.draw(this.top, this.current)
  }

  /** Opens a directory; for a file, the directory that holds it. @param keyboardIn the picture that the keyboard is in */
  private open(node: number, keyboardIn?: Picture): void {
    this.show(this.tree.childrenOf(node).length > 0 ? node : this.tree.parentOf(node), keyboardIn)
  }

  private openFrom(picture: Picture, node: number): void {
    if (node !== NONE) this.open(node, picture)
  }

  /** Shows the branch below a node. @param keyboardIn the picture that the keyboard is in: it goes to the first tile */
  private show(node: number, keyboardIn?: Picture): void {
    const {tree, top: left} = this
    if (node === left || tree.childrenOf(node).length === 0) return
    const isInside = left === 0 || tree.branchTo(node).includes(left)
    this.top = node
    for (const picture of this.pictures) {
      const grown = isInside ? picture.boxOf(node) : null
      picture.draw(node, this.current)
      const shrunk = isInside ? null : picture.boxOf(left)
      animate(picture.svg, grown, shrunk)
    }
    this.showCrumbs()
    this.point(NONE)
    byId('said').textContent = `Showing ${tree.pathOf(node)}, ${this.pictures[0]!.figures.sizes[node]}`
    keyboardIn?.focus(keyboardIn.findDrawn(tree.childrenOf(node)))
  }

  /** Marks a node in all pictures and says what it is. @param picture the one whose figures are said */
  private point(node: number, picture?: Picture): void {
    for (const each of this.pictures) each.moveMark(this.current, node)
    this.current = node
    if (node === NONE || picture === undefined) this.facts.textContent = this.idleText
    else this.showFacts(node, picture)
  }

  private showFacts(node: number, {figures}: Picture): void {
    const [path, ...others] = this.tree.describe(node, figures)
    const exact = `${formatCount(figures.bytes[node]!)} bytes`
    this.facts.replaceChildren(createText('bdi', path), createText('span', [...others, exact].join(' · ')))
  }

  /** The path to the branch, each part above it a button; nothing for the whole. */
  private showCrumbs(): void {
    const path = this.top === 0 ? [] : [0, ...this.tree.branchTo(this.top)]
    byId('crumbs').replaceChildren(...path.map((node) => this.createCrumb(node)))
  }

  private createCrumb(node: number): HTMLElement {
    const isHere = node === this.top
    const part = document.createElement(isHere ? 'span' : 'button')
    part.append(createText('bdi', node === 0 ? 'whole context' : this.tree.nameOf(node).replace(/\/$/, '')))
    if (part instanceof HTMLButtonElement) {
      part.type = 'button'
      part.addEventListener('click', () => {
        this.show(node)
        byId('crumbs').querySelector<HTMLElement>('[aria-current]')?.focus()
      })
    } else {
      part.setAttribute('aria-current', 'location')
      part.tabIndex = -1
    }
    const item = document.createElement('li')
    item.append(part)
    return item
  }

  private neighbourOf(picture: Picture, node: number, step: number): number {
    if (node === NONE) return NONE
    const row = picture.rowOf(node)
    return row[row.indexOf(node) + step] ?? NONE
  }
}

/** The node whose tile an event is on. */
function nodeAt({target}: Event): number {
  const node = target instanceof SVGElement ? target.dataset.node : undefined
  return node === undefined ? NONE : Number(node)
}

/**
 * Animates a branch that grows from its old place, or the whole that shrinks back around it.
 * @param from the old place of the branch that is opened; null if a branch is left
 * @param to the new place of the branch that is left
 */
function animate(svg: SVGSVGElement, from: DOMRect | null, to: DOMRect | null): void {
  const box = from ?? to
  if (box === null || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const {x, y, width, height} = box
  const {width: wide, height: high} = svg.viewBox.baseVal
  const start =
    from === null
      ? `scale(${wide / width},${high / height}) translate(${-x}px,${-y}px)`
      : `translate(${x}px,${y}px) scale(${width / wide},${height / high})`
  for (const group of svg.querySelectorAll('g')) {
    group.animate(
      [
        {transform: start, opacity: 0.3},
        {transform: 'none', opacity: 1},
      ],
      {duration: 260, easing: 'cubic-bezier(.2,.7,.2,1)'},
    )
  }
}
