import assert from 'node:assert/strict'
import {BuildFileError} from '../../../src/errors.js'
import type {DocumentNode, MapNode} from '../../../src/languages/documents/document-node.js'
import {parseYaml} from '../../../src/languages/documents/parse-yaml.js'

/** A node as plain data; scalars by their text. */
function plain(node: DocumentNode | null | undefined): unknown {
  if (!node) return null
  const mark = node.tag === undefined ? '' : `!${node.tag} `
  if (node.kind === 'list') return node.items.map(plain)
  if (node.kind === 'map') {
    return Object.fromEntries([...node.entries].map(([key, value]) => [mark + key, plain(value)]))
  }
  return mark + (node.type === 'null' ? 'null' : node.text)
}

const ROWS: [title: string, text: string, value: unknown][] = [
  ['an empty file', '', null],
  ['maps and lists', 'a: [1, b]\nc: {d: e}\n', {a: ['1', 'b'], c: {d: 'e'}}],
  ['anchors', 'a: &a {x: 1}\nb: *a\n', {a: {x: '1'}, b: {x: '1'}}],
  [
    'a merge key, its own keys first',
    'a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}\n',
    {a: {x: '1', y: '2'}, b: {x: '3', y: '2'}},
  ],
  [
    'a list of merges, the first one first',
    'a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\n',
    {a: {x: '1'}, b: {x: '2', y: '2'}, c: {x: '1', y: '2'}},
  ],
  [
    'the tags of Compose',
    'a: !reset null\nb: !override {c: 1}\n',
    {a: '!reset null', b: {'!override c': '1'}},
  ],
  ['a reset entry of a list', 'a: [1, !reset 2]\n', {a: ['1']}],
  [
    'a reset beside a merge key',
    'a: &a {x: 1}\nb: {<<: *a, x: !reset null}\n',
    {a: {x: '1'}, b: {x: '!override 1'}},
  ],
  ['a key without a value', 'a:\nb: ~\n', {a: 'null', b: 'null'}],
  ['hostile keys', '__proto__: 1\n"a\\e[31m": 2\n', {['__proto__']: '1', 'a\u001b[31m': '2'}],
]

const ERRORS: [title: string, text: string, line: number | null, reason: RegExp][] = [
  ['a tab', 'a:\n  b: 1\n\tc: 2\n', 3, /Tabs/],
  ['a key given twice', 'a: 1\nb: 2\na: 3\n', 3, /"a" is given twice/],
  ['two merge keys', 'a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n', 4, /"<<" is given twice/],
  ['an unknown alias', 'a: *b\n', 1, /alias "b"/],
  ['an alias to what it stands in', 'a: &a\n  b: *a\n', 2, /or itself/],
  ['a key that is no string', 'a:\n  1: b\n', 2, /not a string/],
  ['a key that is a list', '[a]: b\n', 1, /must be a string/],
  ['a merge of a string', 'a: {<<: b}\n', 1, /merge key/],
  ['a bracket never closed', 'a: [\n', 2, /./],
  ['directives without a document', '%YAML 1.2\n', 2, /directives-end/],
  ['a list of pairs', 'a: 1\nb: !!omap [x: 1]\n', 2, /cannot be read/],
  ['what follows a scalar of several lines', 'a: b\n  c\n  d\ne: *f\n', 4, /alias "f"/],
]

describe('parseYaml', () => {
  for (const [title, text, value] of ROWS) {
    it(`reads ${title}`, () => {
      assert.deepEqual(plain(parseYaml(text, 'f')[0]), value)
    })
  }

  for (const [title, text, line, reason] of ERRORS) {
    it(`refuses ${title}`, () => {
      assert.throws(
        () => parseYaml(text, 'f', {stringKeys: true}),
        (error) => error instanceof BuildFileError && error.line === line && reason.test(error.message),
      )
    })
  }

  it('remembers the line of every value', () => {
    const [root] = parseYaml('a:\n  b:\n    - x\n', 'f')
    assert.equal(root?.kind === 'map' && root.entries.get('a')?.place.line, 2)
  })

  it('reads several documents', () => {
    assert.deepEqual(parseYaml('a: 1\n---\nb: 2\n', 'f').map(plain), [{a: '1'}, {b: '2'}])
  })

  it('unfolds a bomb of aliases in no time, and refuses one of merge keys', () => {
    const bomb = ['a0: &a0 [x,x,x,x,x,x,x,x,x]']
    for (let index = 1; index < 30; index++) {
      bomb.push(
        `a${index}: &a${index} [${Array(9)
          .fill(`*a${index - 1}`)
          .join()}]`,
      )
    }
    assert.equal(parseYaml(bomb.join('\n'), 'f').length, 1)
    const keys = Array.from({length: 2000}, (_, index) => `k${index}: v`).join()
    const merges = Array.from({length: 500}, (_, index) => `y${index}: {<<: *x}`).join('\n')
    assert.throws(() => parseYaml(`x: &x {${keys}}\n${merges}\n`, 'f'), /more than 500000 values/)
  })

  it('reads what is nested deeply, and refuses what is nested without end', () => {
    assert.equal(parseYaml('['.repeat(490) + ']'.repeat(490), 'f').length, 1)
    assert.throws(() => parseYaml('['.repeat(20_000), 'f'), /nested too deeply/)
  })

  it('keeps what each node was read from, through aliases and merge keys', () => {
    const text = 'a: &a {x: "1"}\nb: *a\nc:\n  <<: *a\n  y: 2\n'
    const [root] = parseYaml(text, 'f')
    const textAt = (...keys: string[]): string => {
      const node = keys.reduce((at, key) => (at as MapNode).entries.get(key)!, root as DocumentNode)
      return text.slice(node.source?.range.start, node.source?.range.end)
    }
    assert.equal(textAt('a'), '{x: "1"}')
    assert.equal(textAt('b'), '{x: "1"}')
    assert.equal(textAt('c', 'x'), '"1"')
    assert.equal(textAt('c', 'y'), '2')
    assert.equal(textAt('c'), '<<: *a\n  y: 2')
  })
})
