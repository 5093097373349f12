import assert from 'node:assert/strict'
import stringWidth from 'string-width'
import {renderTree, type TreeOptions} from '../../../src/render/text/render-tree.js'
import {matchSnapshot} from '../../helpers/snapshot.js'
import {makeTree} from '../../measure/figures/size-trees.js'

const TREE = makeTree(
  [
    ['web/node_modules/next/dist/server.js', 190_000_000],
    ['web/node_modules/react/index.js', 30_000_000],
    ['web/node_modules/tiny/index.js', 100],
    ['web/.next/cache/0.pack', 95_000_000],
    ['web/src/main.ts', 50_000],
    ['.git/objects/pack/pack-0123456789012345678901234567890123456789.pack', 301_000_000],
    ['data/raw/2024/orders.csv', 60_000_000],
    ['日本語/ファイル.bin', 21_000_000],
    ['a\u001b[31m\u202e\nb.bin', 12_000_000],
    ['README.md', 3_000],
    ['LICENSE', 1_000],
  ],
  ['.git', 'node_modules', '.next'],
)

const OPTIONS: TreeOptions = {width: 80, hasColor: false, hasUnicode: true, isExact: false, top: 10}

function render(options: Partial<TreeOptions> = {}, tree = TREE): string {
  return renderTree(tree, {...OPTIONS, ...options})
}

/** The names that are shown, without figures and guides. */
function shownNames(text: string): string[] {
  return [...text.matchAll(/(\.|[├└]─ .+)$/gm)].map(([name]) => name.replace(/^[├└]─ /, '').trim())
}

describe('renderTree', () => {
  for (const width of [60, 80, 120, 200]) {
    it(`fits ${width} columns`, () => {
      const text = render({width})
      for (const line of text.split('\n')) assert.ok(stringWidth(line) <= width, line)
      matchSnapshot(`tree/width-${width}.txt`, text)
    })
  }

  it('needs no Unicode', () => {
    const text = render({hasUnicode: false, isExact: true, width: 100})
    assert.match(text.replace(/[日本語ファイル]/g, ''), /^[\x20-\x7e\n]*$/)
    matchSnapshot('tree/ascii.txt', text)
  })

  it('lets no escape sequence of a file name through', () => {
    assert.doesNotMatch(render({width: Number.POSITIVE_INFINITY}), /[\u001b\u202e]/)
  })

  it('says the same with colour as without', () => {
    const colored = render({hasColor: true, width: 120})
    assert.notEqual(colored, render({width: 120}))
    assert.equal(colored.replace(/\u001b\[\d+m/g, ''), render({width: 120}))
  })

  it('cuts nothing where the width is unlimited', () => {
    const text = render({width: Number.POSITIVE_INFINITY})
    assert.match(text, /pack-0123456789012345678901234567890123456789\.pack/)
  })

  it('shows at most so many levels', () => {
    const text = render({depth: 1})
    assert.doesNotMatch(text, /│ {2}[├└]/)
    assert.match(text, /web\//)
  })

  it('opens what is known only once, unless a depth is asked for', () => {
    const deep = makeTree([
      ['node_modules/a/x/f', 500_000],
      ['node_modules/a/y/f', 400_000],
      ['node_modules/b/f', 300_000],
    ])
    assert.doesNotMatch(render({}, deep), /x\/f/)
    assert.match(render({depth: 9}, deep), /x\/f/)
  })

  it('shows at most so many lines below a branch, and the rest summed up', () => {
    const wide = makeTree(Array.from({length: 30}, (_, at) => [`f${at}`, 1_000_000 + at * 100_000]))
    const text = render({top: 3}, wide)
    assert.deepEqual(shownNames(text), ['.', 'f29', 'f28', 'f27', '27 more'])
  })

  it('has a sentence for nothing', () => {
    assert.equal(render({}, makeTree([])), '  Nothing is transferred.\n')
  })
})
