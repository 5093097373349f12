import assert from 'node:assert/strict'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import {createNameFilter} from '../../../src/advice/catalogue/create-name-filter.js'
import {createNameIndex} from '../../../src/advice/catalogue/name-index.js'
import {createModel} from '../rules/create-model.js'

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
    const model = createModel(TREE)
    const index = createNameIndex(CATALOGUE)
    const mayBeKnown = createNameFilter(model, index)
    const missed: string[] = []
    for (let entry = 0; entry < model.length; entry++) {
      const path = model.pathOf(entry)
      if (index.candidates(path, model.typeOf(entry)).length > 0 && !mayBeKnown(entry)) missed.push(path)
    }
    assert.deepEqual(missed, [])
  })

  it('holds back names of no interest', () => {
    const model = createModel(TREE)
    const mayBeKnown = createNameFilter(model, createNameIndex(CATALOGUE))
    assert.equal(mayBeKnown(model.find('src/index.js')), false)
    assert.equal(mayBeKnown(model.find('node_modules/a/index.js')), false)
    assert.equal(mayBeKnown(model.find('storage/framework/sessions/abc')), true)
  })
})
