import assert from 'node:assert/strict'
import {sourceKind} from '../../../../../src/languages/dockerfile/evaluate/names/remote-source.js'

describe('sourceKind', () => {
  const rows: [source: string, kind: string][] = [
    ['a', 'local'],
    ['./git@h:p', 'local'],
    ['github.com/a/b', 'local'],
    ['ftp://h/a', 'local'],
    ['HTTP://h/a', 'local'],
    ['http://h/a', 'http'],
    ['https://h/a.git?x', 'git'],
    ['https://h/a.git#v1:sub', 'git'],
    ['https://h/a?b.git', 'http'],
    ['https://h.git', 'http'],
    ['git://h/a', 'git'],
    ['ssh://git@h/a', 'git'],
    ['git@h:a/b', 'git'],
    ['me@h.example:a', 'git'],
    ['a@b/c:d', 'local'],
  ]
  for (const [source, kind] of rows)
    it(`takes ${source} for ${kind}`, () => assert.equal(sourceKind(source), kind))
})
