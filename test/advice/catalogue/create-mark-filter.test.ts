import assert from 'node:assert/strict'
import {CATALOGUE} from '../../../src/advice/catalogue/catalogue.js'
import {createMarkFilter} from '../../../src/advice/catalogue/create-mark-filter.js'
import {findEntry} from '../../../src/advice/catalogue/find-entry.js'
import {createNameIndex} from '../../../src/advice/catalogue/name-index.js'
import {TreeViews} from '../../../src/advice/catalogue/tree-view.js'
import {createFileTree} from '../rules/create-file-tree.js'

const ANY_NAMES = CATALOGUE.filter(({names}) => names.includes('*'))

const TREE = [
  'env/pyvenv.cfg',
  'other/bin/activate',
  'other/bin/python',
  'conda/conda-meta/history',
  'out/.rustc_info.json',
  'made/CMakeCache.txt',
  'made/CMakeFiles/x',
  'data/PG_VERSION',
  'data/base/1',
  'data/global/1',
  'mongo/WiredTiger',
  'chart/Chart.yaml',
  'chart/templates/a.yaml',
  'kept/CACHEDIR.TAG',
  'layout/oci-layout',
  'layout/blobs/a',
  'layout/index.json',
  'src/index.js',
  'src/lib/a.js',
]

describe('createMarkFilter', () => {
  it('lets every directory through that an entry of any name means', () => {
    const tree = createFileTree(TREE)
    const [index, views] = [createNameIndex(ANY_NAMES), new TreeViews(tree)]
    const isMarked = createMarkFilter(tree, ANY_NAMES)
    const known: string[] = []
    for (let entry = 0; entry < tree.length; entry++) {
      const path = tree.pathOf(entry)
      if (findEntry(index, path, views.viewOf(entry), () => false) === undefined) continue
      known.push(path)
      assert.ok(isMarked(entry), path)
    }
    assert.deepEqual(known, [
      'chart',
      'conda',
      'data',
      'env',
      'kept',
      'layout',
      'made',
      'mongo',
      'other',
      'out',
    ])
  })

  it('holds back directories of no interest', () => {
    const tree = createFileTree(TREE)
    const isMarked = createMarkFilter(tree, ANY_NAMES)
    assert.equal(isMarked(tree.find('src')), false)
    assert.equal(isMarked(tree.find('src/lib')), false)
  })

  it('lets every directory through where evidence asks for something else', () => {
    const tree = createFileTree(TREE)
    const isMarked = createMarkFilter(tree, [{...ANY_NAMES[0]!, evidence: {sibling: ['a']}}])
    assert.equal(isMarked(tree.find('src')), true)
  })
})
