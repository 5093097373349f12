import assert from 'node:assert/strict'
import {ROOT} from '../../../src/tree/model/file-tree.js'
import {findMatches} from '../../../src/tree/model/find-matches.js'
import {buildFileTree} from '../../advice/suggest/build-file-tree.js'

const TREE = buildFileTree({'a/x.js': 1, 'a/y.ts': 1, 'b/x.js': 1, 'b/c/x.js': 1, 'x.js': 1, link: '-> a'})

describe('findMatches', () => {
  const rows: [directory: string, pattern: string, found: string[]][] = [
    ['', '*.js', ['x.js']],
    ['', '*/x.*', ['a/x.js', 'b/x.js']],
    ['b', '*', ['b/c', 'b/x.js']],
    ['', 'x.js/*', []],
    ['', 'link/*', []],
  ]
  for (const [directory, pattern, found] of rows) {
    it(`finds ${found.join(', ') || 'nothing'} for ${pattern} in ${directory || 'the root'}`, () => {
      const start = directory === '' ? ROOT : TREE.find(directory)
      const indexes = findMatches(TREE, start, pattern.split('/'))
      assert.deepEqual(indexes.map((index) => TREE.pathOf(index)).sort(), found)
    })
  }
})
