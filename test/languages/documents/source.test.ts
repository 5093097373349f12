import assert from 'node:assert/strict'
import {readJsonSource} from '../../../src/languages/documents/read-json-source.js'
import {readYamlSource} from '../../../src/languages/documents/read-yaml-source.js'
import type {SourceDocument, SourceNode} from '../../../src/languages/documents/source-node.js'

/** Every node in the order of the file: its kind, its line, and the text of its range. */
function list(node: SourceNode | null, text: string): string[] {
  if (node === null) return ['nothing']
  const {kind, line, range} = node
  const parts =
    node.kind === 'map'
      ? node.pairs.flatMap(({key, value}) => [key, value])
      : node.kind === 'list'
        ? node.items
        : []
  const own = `${kind} ${line} ${text.slice(range.start, range.end)}`
  return [own, ...parts.flatMap((part) => list(part, text))]
}

const ROWS: [title: string, text: string, ...nodes: string[]][] = [
  [
    'a block',
    'a:\n  b: 1 # one\n\n# end\n',
    'map 1 a:\n  b: 1',
    'scalar 1 a',
    'map 2 b: 1',
    'scalar 2 b',
    'scalar 2 1',
  ],
  ['CRLF', 'a:\r\n- "x"\r\n', 'map 1 a:\r\n- "x"', 'scalar 1 a', 'list 2 - "x"', 'scalar 2 "x"'],
  ['a block scalar', 'a: |\n  x\n  y\n', 'map 1 a: |\n  x\n  y\n', 'scalar 1 a', 'scalar 1 |\n  x\n  y\n'],
  ['a tag and an anchor', '- !reset &k {}\n- *k\n', 'list 1 - !reset &k {}\n- *k', 'map 1 {}', 'alias 2 *k'],
  [
    'repeated keys',
    '{a: 1, a: , ? b}',
    'map 1 {a: 1, a: , ? b}',
    'scalar 1 a',
    'scalar 1 1',
    'scalar 1 a',
    'scalar 1 ',
    'scalar 1 b',
    'nothing',
  ],
]

describe('readYamlSource', () => {
  for (const [title, text, ...nodes] of ROWS) {
    it(`knows where it all stands: ${title}`, () => {
      const [document] = readYamlSource(text, 10)!
      assert.deepEqual(list(document!.root, text), nodes)
    })
  }

  it('counts no byte-order mark', () => {
    const [document] = readYamlSource('\uFEFFa: b\n', 10)!
    assert.deepEqual(document?.root?.range, {start: 0, end: 4})
  })

  it('keeps tags, anchors, and whether a scalar is plain', () => {
    const [document] = readYamlSource('- !reset &k "1"\n- 2020-01-01\n- !!timestamp 2020-01-01\n', 10)!
    const root = document?.root
    const items = root?.kind === 'list' ? root.items : []
    const facts = items.map(
      (item) => item?.kind === 'scalar' && [item.tag, item.anchor, item.isPlain, item.value],
    )
    assert.deepEqual(facts, [
      ['!reset', 'k', false, '1'],
      [undefined, undefined, true, '2020-01-01'],
      ['tag:yaml.org,2002:timestamp', undefined, true, undefined],
    ])
  })

  it('reports the problems of each document with their lines', () => {
    const documents = readYamlSource('a: 1\n---\nb: [\n---\nc: !x 1\n', 10)!
    assert.deepEqual(
      documents.map(({line, errors, warnings}) => [
        line,
        errors.map((one) => one.line),
        warnings.map((one) => one.line),
      ]),
      [
        [1, [], []],
        [2, [4], []],
        [4, [], [5]],
      ],
    )
  })

  it('refuses one level too many', () => {
    assert.notEqual(readYamlSource('[[[x]]]', 3), null)
    assert.equal(readYamlSource('[[[[x]]]]', 3), null)
    assert.equal(readYamlSource('? [[[x]]]\n: 1', 3), null)
  })
})

describe('readJsonSource', () => {
  it('knows where it all stands', () => {
    const text = '{\n\t"a": [1, null],\r\n\t"a": "x\\n"\n}\n'
    assert.deepEqual(list((readJsonSource(text) as SourceDocument).root, text), [
      'map 1 {\n\t"a": [1, null],\r\n\t"a": "x\\n"\n}',
      'scalar 2 "a"',
      'list 2 [1, null]',
      'scalar 2 1',
      'scalar 2 null',
      'scalar 3 "a"',
      'scalar 3 "x\\n"',
    ])
  })

  it('reports every problem, and gives up on what is nested without end', () => {
    assert.deepEqual(readJsonSource('{"a": 1,\n}')?.errors, [
      {line: 2, message: 'property name expected'},
      {line: 2, message: 'value expected'},
    ])
    assert.equal(readJsonSource('['.repeat(100_000)), null)
  })
})
