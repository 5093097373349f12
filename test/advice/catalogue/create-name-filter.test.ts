import assert from 'node:assert/strict'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import {createNameFilter} from '../../../src/advice/catalogue/create-name-filter.js'
import {createNameIndex, MEANS} from '../../../src/advice/catalogue/name-index.js'
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
    const readName = createNameFilter(tree, index)
    const missed: string[] = []
    for (let entry = 0; entry < tree.length; entry++) {
      const path = tree.pathOf(entry)
      const candidates = index.candidates(path, tree.typeOf(entry))
      if (candidates.length > 0 && readName(entry) === MEANS.nothing) missed.push(path)
      const isSecret = candidates.some(({disposition}) => disposition === 'secret')
      if (isSecret && readName(entry) !== MEANS.secret) missed.push(path)
    }
    assert.deepEqual(missed, [])
  })

  it('tells names of no interest, known ones and those of secrets apart', () => {
    const tree = createFileTree(TREE)
    const readName = createNameFilter(tree, createNameIndex(CATALOGUE))
    const meaningOf = (path: string) => readName(tree.find(path))
    assert.equal(meaningOf('src/index.js'), MEANS.nothing)
    assert.equal(meaningOf('node_modules/a/index.js'), MEANS.nothing)
    assert.equal(meaningOf('storage/framework/sessions/abc'), MEANS.something)
    assert.equal(meaningOf('.env'), MEANS.secret)
  })
})
