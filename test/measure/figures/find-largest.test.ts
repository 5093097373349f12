import assert from 'node:assert/strict'
import type {EntryFigures} from '../../../src/build/transfer/entry-figures.js'
import {findLargest} from '../../../src/measure/figures/find-largest.js'
import {MODE} from '../../../src/tree/model/file-mode.js'
import type {FileTree} from '../../../src/tree/model/file-tree.js'
import {createFileTree} from '../../../src/tree/model/tree-from-entries.js'

/** `path size`, a directory without a size. */
function makeFileTree(rows: readonly string[]): FileTree {
  return createFileTree(
    rows.map((row) => {
      const [path = '', size] = row.split(' ')
      return {path, mode: size === undefined ? MODE.dir + 0o755 : 0o644, size: Number(size ?? 0), modified: 1}
    }),
  )
}

const KNOWN = new Map([
  ['node_modules', {kind: 'npm-packages', title: 'npm packages'}],
  ['.next', {kind: 'next-build', title: 'Next.js build output'}],
  ['dump.sql', {kind: 'dump', title: 'database dump'}],
])

/** Everything is sent; a byte of a file costs so many. */
function figuresOf(tree: FileTree, cost: number): EntryFigures {
  const isSent = new Uint8Array(tree.length).fill(1)
  return {isSent, bytes: Float64Array.from(isSent, (_, entry) => tree.sizeOf(entry) * cost)}
}

function largest(rows: readonly string[], depth?: number): string[] {
  const tree = makeFileTree(rows)
  const {largest: found} = findLargest(tree, figuresOf(tree, 1), {
    kindOf: (entry) => KNOWN.get(tree.nameOf(entry)) ?? null,
    ...(depth !== undefined && {depth}),
  })
  return found.map(
    ({path, transferBytes, kind}) => `${path} ${transferBytes}${kind === 'other' ? '' : ` ${kind}`}`,
  )
}

describe('findLargest', () => {
  const cases: [title: string, rows: string[], expected: string[], depth?: number][] = [
    ['shows a directory as a whole', ['src/a 10', 'src/b 20', 'x 5'], ['src 30', 'x 5']],
    [
      'names what explains a directory, not the directory',
      ['web/node_modules/a/i.js 900', 'web/node_modules/b/i.js 90', 'web/src/a 10'],
      ['web/node_modules 990 npm-packages', 'web/src 10'],
    ],
    [
      'shows two known directories of one parent by themselves',
      ['web/node_modules/a 500', 'web/.next/b 300', 'web/src/c 200'],
      ['web/node_modules 500 npm-packages', 'web/.next 300 next-build', 'web/src 200'],
    ],
    [
      'descends while one child is nearly everything',
      ['data/raw/2024/a 480', 'data/raw/2024/b 480', 'data/x 40'],
      ['data/raw/2024 960', 'data/x 40'],
    ],
    [
      'does not open a directory for the sake of a trifle',
      ['web/node_modules/a 1', 'web/src/c 600', 'web/lib/d 399'],
      ['web 1000'],
    ],
    [
      'opens a directory for a large file in it, not for a small one',
      ['a/dump.sql 60', 'a/b 40', 'c/dump.sql 30', 'c/d 200', 'e 670'],
      ['e 670', 'c 230', 'a/dump.sql 60 dump', 'a/b 40'],
    ],
    [
      'goes by depth when told to',
      ['web/node_modules/a/i.js 900', 'src/x/y 5', 'z 1'],
      ['web/node_modules 900 npm-packages', 'src/x 5', 'z 1'],
      2,
    ],
    ['has nothing to show for nothing', [], []],
  ]
  for (const [title, rows, expected, depth] of cases) {
    it(title, () => assert.deepEqual(largest(rows, depth), expected))
  }

  it('sums up the paths beyond those that it lists', () => {
    const tree = makeFileTree(['a/x 3', 'b 4', 'c/x 1', 'c/y 1', 'd 2'])
    const {largest: listed, otherPaths} = findLargest(tree, figuresOf(tree, 10), {kindOf: () => null}, 2)
    assert.deepEqual(
      listed.map(({path, transferBytes}) => [path, transferBytes]),
      [
        ['b', 40],
        ['a', 30],
      ],
    )
    assert.deepEqual(otherPaths, {pathCount: 2, fileCount: 3, fileBytes: 4, transferBytes: 40})
  })

  it('covers the whole, nothing twice', () => {
    const rows = [
      'a/node_modules/x/i 700',
      'a/node_modules/y 11',
      'a/b/c/d 13',
      'a/b/e 17',
      'f 19',
      'g/h/i/j 23',
    ]
    const sum = largest(rows).reduce((total, line) => total + Number(line.split(' ')[1]), 0)
    assert.equal(sum, 700 + 11 + 13 + 17 + 19 + 23)
  })
})
