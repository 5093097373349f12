import assert from 'node:assert/strict'
import fc from 'fast-check'
import {buildSizeTree} from '../../../src/measure/figures/build-size-tree.js'
import type {SizeNode} from '../../../src/report/size-node.js'
import {makeFileTree, makeTransfer, makeTree, walkTree} from './size-trees.js'

type Files = [path: string, size: number][]

/** `  name bytes kind -leaving`, children indented. */
function draw(node: SizeNode, indent = ''): string[] {
  const name = node.isRest ? `(${node.restCount} more)` : node.name || '.'
  const kind = node.kind === 'other' ? '' : ` ${node.kind}`
  const leaving = node.leavingBytes > 0 ? ` -${node.leavingBytes}` : ''
  const line = `${indent}${name} ${node.transferBytes}${kind}${leaving}`
  return [line, ...node.children.flatMap((child) => draw(child, `${indent}  `))]
}

describe('buildSizeTree', () => {
  const cases: [title: string, files: Files, leaving: string[], maxNodes: number, expected: string[]][] = [
    ['has a root without children for nothing', [], [], 100, ['. 0']],
    [
      'counts the packet of a directory itself as a rest of none',
      [['src/a', 90]],
      [],
      100,
      ['. 100', '  src 100', '    a 90', '    (0 more) 10'],
    ],
    [
      'hands a kind down and says what leaves',
      [
        ['web/node_modules/a/i.js', 980],
        ['web/index.js', 70],
      ],
      ['node_modules'],
      100,
      [
        '. 1080 -1000',
        '  web 1080 -1000',
        '    node_modules 1000 npm-packages -1000',
        '      a 990 npm-packages -990',
        '        i.js 980 npm-packages -980',
        '        (0 more) 10 npm-packages -10',
        '      (0 more) 10 npm-packages -10',
        '    index.js 70',
        '    (0 more) 10',
      ],
    ],
    [
      'rolls small siblings up',
      [
        ['big', 1_000_000],
        ['b', 1],
        ['c', 2],
        ['d', 3],
      ],
      [],
      4,
      ['. 1000006', '  big 1000000', '  (3 more) 6'],
    ],
    [
      'shows a single small sibling by itself',
      [
        ['one', 5000],
        ['two', 4000],
        ['c', 2],
      ],
      [],
      5,
      ['. 9002', '  one 5000', '  two 4000', '  c 2'],
    ],
  ]
  for (const [title, files, leaving, maxNodes, expected] of cases) {
    it(title, () => assert.deepEqual(draw(makeTree(files, leaving, maxNodes)), expected))
  }

  it('shows what will be left, however small it is beside what leaves', () => {
    const files: Files = [['src/main.js', 50]]
    for (let number = 0; number < 5000; number++)
      files.push([`node_modules/p${number}/i.js`, 1000 + number * 50])
    const paths = [...walkTree(makeTree(files, ['node_modules'], 200))].map(({path}) => path)
    assert.ok(paths.includes('src/main.js'))
  })

  it('sums several transfers of one context', () => {
    const tree = makeFileTree([['a', 100]])
    const transfer = makeTransfer(tree)
    const root = buildSizeTree(tree, [transfer, transfer], {kindOf: () => null})
    assert.deepEqual(draw(root), ['. 200', '  a 200'])
    assert.equal(root.fileCount, 2)
  })

  it('asks for no kind below a known directory', () => {
    const tree = makeFileTree([['node_modules/.git/x', 100]])
    const asked: string[] = []
    buildSizeTree(tree, [makeTransfer(tree)], {
      kindOf: (index) => {
        asked.push(tree.pathOf(index))
        return {kind: 'npm-packages', title: 'npm packages'}
      },
    })
    assert.deepEqual(asked, ['node_modules'])
  })

  it('adds up exactly and stays within its bound, whatever the tree', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'node_modules', 'é')
    const path = fc.array(name, {minLength: 1, maxLength: 5}).map((names) => `${names.join('/')}/`)
    const file = fc.tuple(path, fc.nat(999), fc.oneof(fc.nat(20), fc.nat(10 ** 12)))
    const files = fc.array(
      file.map(([directory, number, size]): [string, number] => [`${directory}f${number}`, size]),
      {maxLength: 120},
    )
    fc.assert(
      fc.property(files, fc.integer({min: 3, max: 60}), (list, maxNodes) => {
        const root = makeTree(list, ['node_modules'], maxNodes)
        const nodes = [...walkTree(root)]
        assert.ok(nodes.length <= maxNodes, `${nodes.length} nodes for ${maxNodes}`)
        for (const node of nodes) {
          assert.ok(node.leavingBytes >= 0 && node.leavingBytes <= node.transferBytes)
          if (node.children.length === 0) continue
          for (const key of ['transferBytes', 'leavingBytes', 'fileCount', 'leavingFileCount'] as const) {
            assert.equal(
              node.children.reduce((sum, child) => sum + child[key], 0),
              node[key],
              key,
            )
          }
        }
      }),
      {numRuns: 300},
    )
  })

  it('makes few nodes of many entries', () => {
    const files: Files = []
    for (let number = 0; number < 30_000; number++) {
      files.push([`d${number % 100}/e${number % 10_000}/f${number}`, Math.ceil(1e9 / (number + 1))])
    }
    const tree = makeFileTree(files)
    const transfer = makeTransfer(tree)
    const count = [...walkTree(buildSizeTree(tree, [transfer], {kindOf: () => null}))].length
    assert.ok(count <= 4000 && count > 1000, `${count} nodes`)
  })
})
