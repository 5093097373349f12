import assert from 'node:assert/strict'
import {findIn, findPlaces} from './create-input.js'

/** COPY sources, ignore lines joined by ` | `, the tree, and the findings in the Dockerfile. */
type Row = [source: string, ignore: string, tree: string, rules: string[]]

const IGNORED = ['2 copy-ignored-source']
const MISSING = ['2 copy-missing-source']
const PARTLY = ['2 copy-partly-ignored']

const ROWS: Row[] = [
  ['a', 'a', 'a b', IGNORED],
  ['a', 'b', 'a b', []],
  ['d', 'd', 'd/a', IGNORED],
  ['d/a', 'd', 'd/a', IGNORED],
  ['./d/a', 'd', 'd/a', IGNORED],
  ['../d/a', 'd', 'd/a', IGNORED],
  ['d/a', '*', 'd/a', IGNORED],
  // negations
  ['d/a', 'd | !d/a', 'd/a d/b', []],
  ['d', 'd | !d/a', 'd/a d/b', PARTLY],
  ['d/b', 'd | !d/a', 'd/a d/b', IGNORED],
  ['d/a', '* | !d', 'd/a', []],
  ['d/a', '* | !d | d/a', 'd/a d/b', IGNORED],
  ['d/a', 'd/a | !d', 'd/a', IGNORED],
  ['d/a', 'd | !d/*', 'd/a', []],
  ['d', 'd/*', 'd/a d/b', PARTLY],
  ['d', 'd/*.log', 'd/a d/b.log', []],
  ['d', 'd/node_modules', 'd/a d/node_modules/x/package.json', []],
  ['.', 'd', 'd/a b', []],
  ['.', '*', 'd/a b', IGNORED],
  // wildcards
  ['*.js', 'a.js', 'a.js b', IGNORED],
  ['*.js', 'a.js', 'a.js b.js', PARTLY],
  ['*.js', 'b', 'a b', MISSING],
  ['d/*.js', 'd', 'd/a.js', IGNORED],
  ['d/*.js', 'd/a.js', 'd/a.js', IGNORED],
  ['d/*/x', 'd/b', 'd/a/x d/b/x', []],
  ['gone/*.js', '', 'a', MISSING],
  ['gone*', '', 'a', MISSING],
  ['d/*.txt', '', 'd/a.js', MISSING],
  // links
  ['link', 'a', 'a link -> a', IGNORED],
  ['link', 'link', 'a link -> a', IGNORED],
  ['link/x', 'd/x', 'd/x d/y link -> d', IGNORED],
  ['link/x', '', 'd/x link -> /d', []],
  ['link', '', 'link -> link', MISSING],
  ['link', '', 'link -> ../../gone', MISSING],
  // what is not there
  ['gone', '', 'a', MISSING],
  ['gone', 'gone', 'a', MISSING],
  ['d/gone', '', 'd/a', MISSING],
  ['d/gone', 'd', 'd/a', IGNORED],
  ['a/x', '', 'a', MISSING],
]

describe('sources of COPY', () => {
  for (const [source, ignore, tree, rules] of ROWS) {
    it(`COPY ${source}  without  ${ignore || 'nothing'}  in  ${tree}  ->  ${rules.join() || 'nothing'}`, () => {
      const dockerfile = `FROM scratch\nCOPY ${source} /x/\n`
      const example = {dockerfile, ignore: ignore.replaceAll(' | ', '\n'), tree: splitTree(tree)}
      const found = findPlaces(example, 'Dockerfile').filter((place) => place.includes('copy-'))
      assert.deepEqual(found, rules)
    })
  }

  it('name the line that decides', () => {
    const dockerfile = 'FROM scratch\nCOPY d/b /x/\n'
    const ignore = '# all but one\nd\n!d/a'
    assert.deepEqual(findIn({dockerfile, ignore, tree: ['d/a', 'd/b']}), [
      'copy-ignored-source Dockerfile:2 "d/b" is kept out by "d" (.dockerignore:2): docker build fails here',
    ])
  })

  it('count in a bind mount, and not in a stage that is not built', () => {
    const dockerfile =
      'FROM scratch AS unused\nCOPY gone /\nFROM scratch\nCOPY a /\nRUN --mount=source=lost,target=/x true\n'
    assert.deepEqual(findPlaces({dockerfile, ignore: '', tree: ['a']}, 'Dockerfile'), [
      '5 copy-missing-source',
    ])
  })
})

/** Splits at spaces, but for those around an arrow. */
function splitTree(tree: string): string[] {
  return tree.split(/ (?!->)(?<!-> )/)
}
