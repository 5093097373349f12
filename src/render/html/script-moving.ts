/** Part of the page's script: opening and leaving branches with the pointer and the keyboard. */
export const MOVING_SCRIPT = String.raw`
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
`
