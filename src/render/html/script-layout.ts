/** Part of the page's script: the layout of layout-treemap.ts for any branch. A test compares the two. */
export const LAYOUT_SCRIPT = `
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
`
