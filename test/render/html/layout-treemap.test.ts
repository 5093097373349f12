import assert from 'node:assert/strict'
import {layoutTreemap, type Tile, type TreemapShape} from '../../../src/render/html/layout-treemap.js'
import type {SizeNode} from '../../../src/report/size-node.js'
import {makeTree} from '../../measure/figures/size-trees.js'

const SHAPE: TreemapShape<SizeNode> = {
  bytesOf: ({transferBytes}) => transferBytes,
  childrenOf: ({children}) => children,
  kindOf: ({kind}) => kind,
}

function overlap(one: Tile<SizeNode>, other: Tile<SizeNode>): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

describe('layoutTreemap', () => {
  const files = Array.from({length: 200}, (_, at): [string, number] => [
    `d${at % 7}/e${at % 3}/f${at}`,
    1000 + at * at * 50,
  ])

  it('keeps tiles inside the picture and apart from each other', () => {
    const tiles = layoutTreemap(makeTree(files), SHAPE, 600, 400)
    const leaves = tiles.filter(({isFrame}) => !isFrame)
    assert.ok(leaves.length > 100)
    for (const {x, y, width, height} of tiles) {
      assert.ok(x >= 0 && y >= 0 && x + width <= 600 && y + height <= 400 && width >= 1 && height >= 1)
    }
    for (const [at, one] of leaves.entries()) {
      assert.ok(!leaves.slice(at + 1).some((other) => overlap(one, other)))
    }
  })

  it('gives areas in proportion where nothing lies around them', () => {
    const tree = makeTree([
      ['a', 600],
      ['b', 300],
      ['c', 100],
    ])
    const areas = layoutTreemap(tree, SHAPE, 500, 400).map(({width, height}) => width * height)
    for (const [at, share] of [0.6, 0.3, 0.1].entries()) {
      assert.ok(Math.abs(areas[at]! / 200_000 - share) < 0.01, String(areas))
    }
  })

  it('draws a directory that is nearly all of the one around it as one with it', () => {
    const tree = makeTree([
      ['a/b/x', 50_000],
      ['a/b/y', 60_000],
      ['c', 90_000],
    ])
    const headers = layoutTreemap(tree, SHAPE, 500, 400)
      .filter(({hasHeader}) => hasHeader)
      .map(({node}) => node.path)
    assert.deepEqual(headers, ['a'])
  })

  it('draws nothing of nothing', () => {
    assert.deepEqual(layoutTreemap(makeTree([]), SHAPE, 500, 400), [])
    assert.deepEqual(layoutTreemap(makeTree([['a', 1]]), {...SHAPE, bytesOf: () => 0}, 500, 400), [])
  })
})
