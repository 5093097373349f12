/** Part of the page's script: draws a branch as render-treemap.ts does, and says what a tile is. */
export const DRAWING_SCRIPT = String.raw`
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
  view.caption.textContent = view.sizes[root] + ', ' + sayFiles(view.files[root]) + (isAfter && tiles.length > 0 ? ', drawn to fill the frame' : '')
  const first = rects.get(current) ?? rects.values().next().value
  first?.setAttribute('tabindex', 0)
}

function drawLabels(labels, {node, x, y, width, height, isFrame, hasHeader}, colour, size) {
  const name = tree.names[node]
  const columns = Math.floor((width - 8) / 6.4)
  if ((isFrame && !hasHeader) || height < 15 || columns < Math.min(7, columnsOf(name))) return
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
`
