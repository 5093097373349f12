import assert from 'node:assert/strict'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import {createNameFilter} from '../../../src/advice/catalogue/create-name-filter.js'
import {createNameIndex} from '../../../src/advice/catalogue/name-index.js'
import {createFileTree} from '../rules/create-file-tree.js'

const TREE = [
  'package.json',
  'node_modules/a/package.json',
  'node_modules/a/index.js',
  'src/index.js',
  'src/server.key',
  '.env',
  'storage/framework/sessions/abc',
  'storage/framework/views/a.php',
  'sessions/x',
  'target/debug/x.o',
  'logs/a.log',
  'link -> .env',
]

describe('createNameFilter', () => {
  it('lets every entry through that the index has candidates for', () => {
    const tree = createFileTree(TREE)
    const index = createNameIndex(CATALOGUE)
    const mayBeKnown = createNameFilter(tree, index)
    const missed: string[] = []
    for (let entry = 0; entry < tree.length; entry++) {
      const path = tree.pathOf(entry)
      if (index.candidates(path, tree.typeOf(entry)).length > 0 && !mayBeKnown(entry)) missed.push(path)
    }
    assert.deepEqual(missed, [])
  })

  it('holds back names of no interest', () => {
    const tree = createFileTree(TREE)
    const mayBeKnown = createNameFilter(tree, createNameIndex(CATALOGUE))
    assert.equal(mayBeKnown(tree.find('src/index.js')), false)
    assert.equal(mayBeKnown(tree.find('node_modules/a/index.js')), false)
    assert.equal(mayBeKnown(tree.find('storage/framework/sessions/abc')), true)
  })
})
