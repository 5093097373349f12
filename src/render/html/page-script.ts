/**
 * What runs in the page: drawing any branch of the tree, moving about in it, copying. Text only ever becomes text
 * nodes. The layout is that of layout-treemap.ts, which a test compares. Without it the page is complete but still.
 */
export const PAGE_SCRIPT = String.raw`(() => {
'use strict'
const NS = 'http://www.w3.org/2000/svg'
const byId = (id) => document.getElementById(id)

for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const block = byId(button.dataset.copy)
    const say = (text) => {
      button.textContent = text
      setTimeout(() => { button.textContent = 'Copy' }, 2500)
    }
    const select = () => {
      getSelection().selectAllChildren(block)
      say('Selected: press Ctrl+C')
    }
    /* A page from an insecure place has no clipboard. */
    if (!navigator.clipboard) select()
    else navigator.clipboard.writeText(block.textContent).then(() => say('Copied'), select)
  })
}

const source = byId('size-tree')
if (source === null) return
const tree = JSON.parse(source.textContent)
const {header, padding, gap, openFrom, headerFromWidth, headerFromHeight, echoShare} = tree.measures
const children = tree.names.map(() => [])
for (let node = 1; node < tree.names.length; node++) children[tree.parents[node]].push(node)
const rests = new Set(tree.rests)
const staying = tree.bytes.map((bytes, node) => bytes - tree.leavingBytes[node])
const stayingFiles = tree.files.map((files, node) => files - tree.leavingFiles[node])
const views = [...document.querySelectorAll('svg[data-view]')].map((svg) => {
  const isAfter = svg.dataset.view === 'after'
  return {
    svg, isAfter,
    values: isAfter ? staying : tree.bytes,
    files: isAfter ? stayingFiles : tree.files,
    sizes: isAfter ? tree.stays : tree.sizes,
    rects: new Map(),
    caption: svg.closest('figure').querySelector('figcaption span'),
  }
})
const facts = byId('facts')
const crumbs = byId('crumbs')
const said = byId('said')
const idle = facts.textContent
let root = 0
let current = -1

/* ---- layout ---- */

function layout(top, values, width, height) {
  const tiles = []
  const place = (node, depth, x0, y0, x1, y1) => {
    const [x, y, right, bottom] = [x0, y0, x1, y1].map(Math.round)
    const isVisible = right - x >= 1 && bottom - y >= 1
    const isOpen = depth === 0 || (right - x >= openFrom && bottom - y >= openFrom)
    if (!isVisible) return
    const isFrame = isOpen && children[node].length > 0
    const around = tree.parents[node]
    const isEcho = depth > 1 && tree.kinds[node] === tree.kinds[around] && values[node] >= values[around] * echoShare
    const hasHeader = depth > 0 && !isEcho && x1 - x0 >= headerFromWidth && y1 - y0 >= headerFromHeight
    if (depth > 0) tiles.push({node, x, y, width: right - x, height: bottom - y, isFrame, hasHeader: isFrame && hasHeader})
    if (!isFrame) return
    const side = depth === 0 || isEcho ? 0 : padding
    const above = hasHeader ? header : side
    const half = gap / 2
    const inner = shrink(x0 + side - half, y0 + above - half, x1 - side + half, y1 - side + half)
    for (const [child, ...box] of squarify(children[node], values, values[node], inner)) {
      place(child, depth + 1, ...shrink(box[0] + half, box[1] + half, box[2] - half, box[3] - half))
    }
  }
  place(top, 0, 0, 0, width, height)
  return tiles
}

function shrink(x0, y0, x1, y1) {
  if (x1 < x0) x0 = x1 = (x0 + x1) / 2
  if (y1 < y0) y0 = y1 = (y0 + y1) / 2
  return [x0, y0, x1, y1]
}

/* Rows along the shorter side, each taken as long as its tiles come closer to the golden ratio. */
function squarify(nodes, values, whole, [x0, y0, x1, y1]) {
  const sorted = nodes.toSorted((one, other) => values[other] - values[one])
  const boxes = []
  let left = whole
  for (let start = 0; start < sorted.length; ) {
    const [width, height] = [x1 - x0, y1 - y0]
    const scale = Math.max(height / width, width / height) / (left * (1 + Math.sqrt(5)) / 2)
    let sum = values[sorted[start]]
    const most = sum
    let worst = Math.max(most / (sum * sum * scale), (sum * sum * scale) / sum)
    let end = start + 1
    for (; end < sorted.length; end++) {
      const value = values[sorted[end]]
      const wider = (sum + value) ** 2 * scale
      const ratio = Math.max(most / wider, wider / value)
      if (ratio > worst) break
      sum += value
      worst = ratio
    }
    const isRow = width < height
    const cut = isRow ? (left > 0 ? y0 + (height * sum) / left : y1) : left > 0 ? x0 + (width * sum) / left : x1
    let at = isRow ? x0 : y0
    for (const node of sorted.slice(start, end)) {
      const next = at + (sum > 0 ? ((isRow ? width : height) * values[node]) / sum : 0)
      boxes.push(isRow ? [node, at, y0, next, cut] : [node, x0, at, cut, next])
      at = next
    }
    if (isRow) y0 = cut
    else x0 = cut
    left -= sum
    start = end
  }
  return boxes
}

/* ---- drawing ---- */

function element(name, attributes, text) {
  const made = document.createElementNS(NS, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  if (text !== undefined) made.textContent = text
  return made
}

function draw(view) {
  const {svg, values, rects, isAfter} = view
  const width = Math.max(200, Math.round(svg.clientWidth))
  const height = Math.max(150, Math.round(svg.clientHeight))
  svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height)
  const [shapes, hatching, labels] = [element('g', {class: 'tiles'}), element('g', {class: 'hatching'}), element('g', {class: 'labels'})]
  rects.clear()
  const tiles = values[root] > 0 ? layout(root, values, width, height) : []
  for (const tile of tiles) {
    const {node, x, y, isFrame} = tile
    const colour = tree.colours[tree.kinds[node]]
    const rect = element('rect', {
      class: colour + (isFrame ? ' frame' : ''), x, y, width: tile.width, height: tile.height,
      'data-node': node, tabindex: -1, role: 'button', 'aria-label': describe(view, node).join(', '),
    })
    rects.set(node, rect)
    shapes.append(rect)
    if (!isAfter && !isFrame && tree.leavingBytes[node] > 0) {
      const part = Math.max(1, Math.round((tile.height * tree.leavingBytes[node]) / tree.bytes[node]))
      hatching.append(element('rect', {x, y: y + tile.height - part, width: tile.width, height: part}))
    }
    drawLabels(labels, tile, colour, view.sizes[node])
  }
  if (tiles.length === 0) {
    labels.append(element('text', {class: 'none', x: width / 2, y: height / 2}, isAfter ? 'Nothing of it is sent any more' : 'Nothing'))
  }
  for (const old of svg.querySelectorAll('g')) old.remove()
  svg.append(shapes, hatching, labels)
  view.caption.textContent = view.sizes[root] + ', ' + sayFiles(view.files[root]) + (isAfter ? ', drawn to fill the frame' : '')
  const first = rects.get(current) ?? rects.values().next().value
  first?.setAttribute('tabindex', 0)
}

function drawLabels(labels, {node, x, y, width, height, isFrame, hasHeader}, colour, size) {
  const name = tree.names[node]
  const columns = Math.floor((width - 8) / 6.4)
  if ((isFrame && !hasHeader) || height < 15 || columns < Math.min(5, columnsOf(name))) return
  const label = element('text', {class: isFrame ? 'head' : colour, x: x + 4, y: y + (isFrame ? header - 5 : 13)}, shorten(name, columns))
  const sizeText = element('tspan', {class: 'size'}, size)
  labels.append(label)
  if (isFrame) {
    if (columnsOf(name) + 2 + size.length > columns) return
    sizeText.setAttribute('dx', 6)
    label.append(sizeText)
  } else if (height >= 32 && size.length <= columns) {
    const second = element('text', {class: colour, x: x + 4, y: y + 27})
    second.append(sizeText)
    labels.append(second)
  }
}

function columnsOf(text) {
  let columns = 0
  for (const character of text) columns += character.codePointAt(0) >= 0x1100 ? 2 : 1
  return columns
}

function shorten(text, columns) {
  if (columnsOf(text) <= columns) return text
  const characters = [...text]
  let [head, tail] = ['', '']
  while (characters.length > 0 && columnsOf(head + tail) < columns - 2) {
    if (head.length * 2 <= tail.length) head += characters.shift()
    else tail = characters.pop() + tail
  }
  return head + '…' + tail
}

/* ---- saying ---- */

function pathOf(node) {
  if (node === 0) return 'the whole context'
  const steps = []
  for (let at = node; at > 0; at = tree.parents[at]) if (!rests.has(at)) steps.unshift(tree.names[at].replace(/\/$/, ''))
  const path = steps.join('/')
  return rests.has(node) ? (path === '' ? '' : path + ': ') + tree.names[node] : path
}

function share(part, whole) {
  const percent = whole > 0 ? (100 * part) / whole : 0
  return (percent > 0 && percent < 1 ? '<1' : Math.round(percent)) + ' %'
}

function sayFiles(count) {
  return count.toLocaleString('en-US') + (count === 1 ? ' file' : ' files')
}

function describe(view, node) {
  const said = [
    pathOf(node), tree.titles[tree.kinds[node]], view.sizes[node], share(view.values[node], view.values[0]),
    sayFiles(view.files[node]),
  ]
  if (!view.isAfter && tree.leavingBytes[node] > 0) {
    said.push(tree.leavingBytes[node] === tree.bytes[node] ? 'would leave' : 'a part of it would leave')
  }
  return said.filter((part) => part !== '')
}

function showFacts(view, node) {
  const [path, ...others] = describe(view, node)
  const name = document.createElement('bdi')
  name.textContent = path
  const exact = view.values[node].toLocaleString('en-US') + ' bytes'
  const rest = document.createElement('span')
  rest.textContent = [...others, exact].join(' · ')
  facts.replaceChildren(name, rest)
}

function mark(node, view) {
  for (const {rects} of views) {
    rects.get(current)?.classList.remove('on')
    rects.get(node)?.classList.add('on')
  }
  current = node
  if (node >= 0) showFacts(view, node)
  else facts.textContent = idle
}

/* ---- moving ---- */

function zoom(node, view, from) {
  if (node === root || children[node].length === 0) return
  const isInside = isBelow(node, root)
  const away = root
  root = node
  for (const each of views) {
    const before = isInside ? boxOf(each.rects.get(node)) : null
    draw(each)
    const after = isInside ? null : boxOf(each.rects.get(away))
    animate(each, before, after)
  }
  drawCrumbs()
  mark(-1)
  said.textContent = 'Showing ' + pathOf(root) + ', ' + views[0].sizes[root]
  if (from === 'keyboard') focusOn(view, children[root].find((child) => view.rects.has(child)) ?? -1)
}

function isBelow(node, above) {
  for (let at = node; at >= 0; at = tree.parents[at]) if (at === above) return true
  return false
}

function boxOf(rect) {
  return rect && ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)))
}

/* The branch grows from where it was, or the whole shrinks back around it. */
function animate({svg}, before, after) {
  const box = before ?? after
  if (!box || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const [x, y, width, height] = box
  const {width: wide, height: high} = svg.viewBox.baseVal
  const start = before
    ? 'translate(' + x + 'px,' + y + 'px) scale(' + width / wide + ',' + height / high + ')'
    : 'scale(' + wide / width + ',' + high / height + ') translate(' + -x + 'px,' + -y + 'px)'
  for (const group of svg.querySelectorAll('g')) {
    group.animate([{transform: start, opacity: 0.3}, {transform: 'none', opacity: 1}], {duration: 260, easing: 'cubic-bezier(.2,.7,.2,1)'})
  }
}

function drawCrumbs() {
  const path = []
  for (let at = root === 0 ? -1 : root; at >= 0; at = tree.parents[at]) path.unshift(at)
  const items = path.map((node) => {
    const item = document.createElement('li')
    const isHere = node === root
    const part = document.createElement(isHere ? 'span' : 'button')
    const name = document.createElement('bdi')
    name.textContent = node === 0 ? 'whole context' : tree.names[node].replace(/\/$/, '')
    part.append(name)
    if (isHere) part.setAttribute('aria-current', 'location')
    else {
      part.type = 'button'
      part.addEventListener('click', () => {
        zoom(node, views[0])
        crumbs.querySelector('[aria-current]')?.focus()
      })
    }
    if (isHere) part.tabIndex = -1
    item.append(part)
    return item
  })
  crumbs.replaceChildren(...items)
}

function focusOn(view, node) {
  const rect = view.rects.get(node)
  if (!rect) return
  for (const other of view.rects.values()) other.setAttribute('tabindex', -1)
  rect.setAttribute('tabindex', 0)
  rect.focus({focusVisible: true})
}

/* A directory opens; a file opens what it lies in. */
function open(view, node, from) {
  zoom(children[node].length > 0 ? node : tree.parents[node], view, from)
}

function neighbour(view, node, step) {
  const parent = tree.parents[node]
  const row = children[parent].filter((child) => view.rects.has(child)).toSorted((one, other) => view.values[other] - view.values[one])
  return row[row.indexOf(node) + step] ?? -1
}

const KEYS = {
  ArrowRight: (view, node) => focusOn(view, neighbour(view, node, 1)),
  ArrowLeft: (view, node) => focusOn(view, neighbour(view, node, -1)),
  ArrowDown: (view, node) => focusOn(view, children[node].find((child) => view.rects.has(child)) ?? -1),
  ArrowUp: (view, node) => focusOn(view, tree.parents[node]),
  Enter: (view, node) => open(view, node, 'keyboard'),
  ' ': (view, node) => open(view, node, 'keyboard'),
  Escape: (view) => zoom(tree.parents[root], view, 'keyboard'),
  Backspace: (view) => zoom(tree.parents[root], view, 'keyboard'),
  Home: (view) => zoom(0, view, 'keyboard'),
}

for (const view of views) {
  const {svg} = view
  const nodeAt = ({target}) => (target.dataset?.node === undefined ? -1 : Number(target.dataset.node))
  svg.setAttribute('role', 'group')
  svg.addEventListener('pointermove', (event) => { if (nodeAt(event) !== current) mark(nodeAt(event), view) })
  svg.addEventListener('pointerleave', () => mark(-1))
  /* Not on the picture itself: an SVG that listens for focus takes it. */
  svg.parentElement.addEventListener('focusin', (event) => mark(nodeAt(event), view))
  svg.parentElement.addEventListener('focusout', () => mark(-1))
  svg.addEventListener('click', (event) => { if (nodeAt(event) >= 0) open(view, nodeAt(event)) })
  svg.addEventListener('keydown', (event) => {
    const act = KEYS[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    if (root === 0 && (event.key === 'Escape' || event.key === 'Backspace')) return
    event.preventDefault()
    act(view, nodeAt(event))
  })
  let drawn = ''
  new ResizeObserver(() => {
    const size = svg.clientWidth + ' ' + svg.clientHeight
    if (size !== drawn && svg.clientWidth > 0) draw(view)
    drawn = size
  }).observe(svg)
  draw(view)
}
drawCrumbs()
document.documentElement.classList.add('live')
})()`
